#![forbid(unsafe_code)]

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

/// Two cooks need knife and pan; the second may reach for the pan first.
fn dinner(pan_first: bool, patience: Duration) -> Result<(), RecvTimeoutError> {
    let tools = Arc::new([Mutex::new("knife"), Mutex::new("pan")]);
    let both_hold_one = Arc::new(Barrier::new(2));
    let (served, plates) = channel();
    for [first, second] in [[0, 1], if pan_first { [1, 0] } else { [0, 1] }] {
        let (tools, served) = (tools.clone(), served.clone());
        let both_hold_one = both_hold_one.clone();
        thread::spawn(move || {
            let _one = tools[first].lock().expect("no panic");
            if pan_first {
                both_hold_one.wait();
            }
            let _two = tools[second].lock().expect("no panic");
            served.send(()).expect("main waits for the plates");
        });
    }
    plates.recv_timeout(patience)?;
    plates.recv_timeout(patience)
}

fn main() {
    // A busy machine may run a thread late; a deadlock needs no patience.
    let (short, long) = (Duration::from_millis(200), Duration::from_secs(30));
    println!("opposite order: {:?}", dinner(true, short));
    println!("same order: {:?}", dinner(false, long));
}
