
fn main() {
    // A job on another thread may end before, during or after the first poll.
    let job = || assert_eq!(block_on(on_thread(|| "toast")), "toast");
    // The same schedules each time: a fault is found in every run or none.
    shuttle::check_random_with_seed(job, 7, 300);
}
