use std::cell::RefCell;
use std::rc::Rc;

use tokio::task::{JoinError, spawn_local};
use tokio::time::{Duration, sleep};

async fn cook(dish: &'static str, ms: u64, ready: Rc<RefCell<Vec<&str>>>) {
    sleep(Duration::from_millis(ms)).await;
    ready.borrow_mut().push(dish);
}

#[tokio::main(flavor = "local", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    // Neither `Arc` nor a lock: all of these tasks stay on this thread.
    let ready = Rc::new(RefCell::new(Vec::new()));
    let eggs = spawn_local(cook("eggs", 200, Rc::clone(&ready)));
    let toast = spawn_local(cook("toast", 100, Rc::clone(&ready)));
    eggs.await?;
    toast.await?;
    println!("{:?}", ready.borrow());
    println!("owners of the list: {}", Rc::strong_count(&ready));
    Ok(())
}
