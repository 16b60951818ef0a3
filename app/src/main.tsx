import "./style.scss";
import { render } from "preact";

function Shell() {
  return (
    <main class="kith-main">
      <h1>Kith</h1>
    </main>
  );
}

render(<Shell />, document.getElementById("app")!);
