"""The volunteers' side of the workbench: a made-up centre, its data set, its ranker, how it shares what is asked."""
