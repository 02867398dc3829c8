use std::sync::{Arc, mpsc};

/// No test waits longer for what must come. It takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(5);

/// Some callers at the same time, none of whom knows of the others.
fn callers(kitchen: &Arc<Kitchen>, count: usize) {
    let (tell, told) = mpsc::channel();
    for _ in 0..count {
        let (kitchen, tell) = (Arc::clone(kitchen), tell.clone());
        thread::spawn(move || {
            // Nobody hears it when the time was up.
            let _ = tell.send(kitchen.order("tea"));
        });
    }
    for _ in 0..count {
        let dish = told.recv_timeout(PATIENCE);
        if dish != Ok("tea") {
            eprintln!("a caller is not served: nobody moves the timers");
            std::process::exit(1);
        }
    }
}

fn main() {
    let kitchen = Arc::new(Kitchen::open().expect("a runtime"));
    callers(&kitchen, 1);
    callers(&kitchen, 50);
    // What is spawned in between goes on while others order.
    let eggs = kitchen.0.spawn(cook("eggs"));
    while !eggs.is_finished() {
        callers(&kitchen, 2);
    }
    // A task that waits for ever does not keep the kitchen open.
    let (open, door) = mpsc::channel::<()>();
    kitchen.0.spawn(async move {
        let _open = open;
        std::future::pending::<()>().await;
    });
    callers(&kitchen, 1);
    drop(kitchen);
    assert!(door.recv_timeout(PATIENCE).is_err(), "nothing is sent");
    assert!(
        matches!(door.try_recv(), Err(mpsc::TryRecvError::Disconnected)),
        "a task is left"
    );
}
