"""What phone and server promise each other: kinds, problems, versions, vectors and clients."""
