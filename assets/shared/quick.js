/* What Dash's store tells, every component on the page hears: a wall's refresh is some 500 words to 800 components, most of
   a browser's work. Here components hear at once only of a changed layout, of all else once a turn; and of components
   that were made new once, for the topmost ones, whose word covers all below. Should Dash come to name this differently,
   nothing happens. */
(function () {
  "use strict";
  const ACTION = "RESET_COMPONENT_STATE";
  let store;

  function gatherResets(found) {
    const send = found.dispatch;
    let waiting = null;

    function flush() {
      const paths = new Map(waiting.map((path) => [path.join(","), path]));
      waiting = null;
      let covered = null;
      for (const key of [...paths.keys()].sort()) {
        if (covered !== null && key.startsWith(covered)) continue;
        covered = key;
        send({ type: ACTION, payload: { itempath: paths.get(key) } });
      }
    }

    found.dispatch = function (action) {
      const path = action?.type === ACTION && action.payload?.itempath;
      if (!path) return send(action);
      if (!waiting) {
        waiting = [];
        queueMicrotask(flush);
      }
      waiting.push(path);
      return action;
    };
  }

  /* Dash's own observers subscribed before the store stood in the window, and go on hearing everything at once. */
  function gatherWords(found) {
    const subscribe = found.subscribe;
    const { port1, port2 } = new MessageChannel();
    const due = new Set();
    const tell = (listener) => {
      due.delete(listener);
      listener();
    };
    port1.onmessage = () => [...due].forEach(tell);

    found.subscribe = function (listener) {
      let layout = found.getState()?.layout;
      const leave = subscribe(() => {
        const now = found.getState()?.layout;
        if (now !== layout) {
          layout = now;
          tell(listener);
        } else if (!due.has(listener)) {
          due.add(listener);
          port2.postMessage(0);
        }
      });
      return () => {
        due.delete(listener);
        leave();
      };
    };
  }

  Object.defineProperty(window, "store", {
    configurable: true,
    get: () => store,
    set(found) {
      if (found && found !== store && typeof found.dispatch === "function") {
        gatherResets(found);
        gatherWords(found);
      }
      store = found;
    },
  });
})();
