fn main() {
    use std::sync::Arc;

    // Two cooks and two waiters at one pass, in many schedules.
    let dinner = || {
        let pass = Arc::new(Pass::default());
        let waiters = [(); 2].map(|()| {
            let pass = Arc::clone(&pass);
            thread::spawn(move || {
                let served = std::iter::from_fn(|| pass.take()).count();
                assert!(pass.state().closed, "a waiter goes home early");
                served
            })
        });
        let cooks = [(); 2].map(|()| {
            let pass = Arc::clone(&pass);
            thread::spawn(move || (0..6).for_each(|dish| pass.serve(dish)))
        });
        for cook in cooks {
            cook.join().expect("no panic");
        }
        pass.close();
        let served = waiters.map(|waiter| waiter.join().expect("no panic"));
        assert_eq!(served.iter().sum::<usize>(), 12, "dishes are lost");
        assert!(pass.state().most <= ROOM, "more dishes than there is room");
    };
    // The same schedules each time: a fault is found in every run or none.
    shuttle::check_random_with_seed(dinner, 7, 500);
}
