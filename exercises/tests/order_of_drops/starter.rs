//! Predict the order in which the tools are put away.

use std::cell::RefCell;
use std::future::pending;
use std::rc::Rc;

use tokio::task::yield_now;

/// Given: a tool that notes when it is put away.
pub struct Tool(pub &'static str, pub Rc<RefCell<Vec<&'static str>>>);

impl Drop for Tool {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

/// Given: the future that is dropped.
pub async fn fry(gloves: Tool, _: Tool) {
    let tool = |name| Tool(name, Rc::clone(&gloves.1));
    let pan = tool("pan");
    let _ = tool("spoon");
    let _lid = tool("lid");
    yield_now().await;
    let _plate = tool("plate");
    serve(pan, tool("fork")).await;
}

async fn serve(_pan: Tool, _fork: Tool) {
    pending::<()>().await;
}

/// The future gets two tools, the gloves and the apron. It is polled so often
/// and then dropped: what is put away, from the first tool to the last?
pub fn prediction(polls: u32) -> Vec<&'static str> {
    match polls {
        0 => vec!["apron", "gloves"],
        1 => vec!["pan", "lid", "spoon", "gloves", "apron"],
        _ => vec!["plate", "lid", "pan", "fork", "apron", "gloves"],
    }
}
