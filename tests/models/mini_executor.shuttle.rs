/// Dishes whose bells ring on other threads, while the executor may be polling
/// them, queueing them, or parked.
fn bells_ring_on_other_threads() {
    let executor = Executor::new();
    let bells: Vec<Arc<Slot<usize>>> = (0..3).map(|_| Arc::default()).collect();
    let mut handles = Vec::new();
    for bell in &bells {
        let bell = Arc::clone(bell);
        handles.push(executor.spawn(async move { bell.take().await }));
    }
    let mut ringers = Vec::new();
    for (number, bell) in bells.into_iter().enumerate() {
        ringers.push(shuttle::thread::spawn(move || bell.put(number)));
    }
    let all = executor.spawn(async move {
        let mut dishes = Vec::new();
        for handle in handles {
            dishes.push(handle.await);
        }
        dishes
    });
    assert_eq!(executor.run(all), [0, 1, 2]);
    for ringer in ringers {
        ringer.join().expect("a bell that rings does not panic");
    }
}

/// The bell comes when there is nothing left to do, most of the time.
fn the_executor_parks() {
    let executor = Executor::new();
    let bell: Arc<Slot<()>> = Arc::default();
    let waiting = Arc::clone(&bell);
    let handle = executor.spawn(async move { waiting.take().await });
    let ringer = shuttle::thread::spawn(move || {
        for _ in 0..20 {
            shuttle::thread::yield_now();
        }
        bell.put(());
    });
    executor.run(handle);
    ringer.join().expect("a bell that rings does not panic");
}

/// Two threads wake one task, which gives way in between.
fn two_threads_wake_one_task() {
    let executor = Executor::new();
    let bells: [Arc<Slot<()>>; 2] = Default::default();
    let both = bells.clone();
    let handle = executor.spawn(async move {
        for bell in both {
            bell.take().await;
        }
    });
    let ringers =
        bells.map(|bell| shuttle::thread::spawn(move || bell.put(())));
    executor.run(handle);
    for ringer in ringers {
        ringer.join().expect("a bell that rings does not panic");
    }
}

/// The executor goes while other threads still ring.
fn a_bell_rings_when_the_executor_is_gone() {
    let executor = Executor::new();
    let bell: Arc<Slot<()>> = Arc::default();
    let waiting = Arc::clone(&bell);
    executor.spawn(async move { waiting.take().await });
    let done = executor.spawn(async {});
    executor.run(done);
    let ringer = shuttle::thread::spawn(move || bell.put(()));
    drop(executor);
    ringer.join().expect("a bell that rings does not panic");
}

fn main() {
    for model in [
        bells_ring_on_other_threads,
        the_executor_parks,
        two_threads_wake_one_task,
        a_bell_rings_when_the_executor_is_gone,
    ] {
        // The same schedules each time: a fault is found in every run or none.
        shuttle::check_random_with_seed(model, 7, 300);
    }
}
