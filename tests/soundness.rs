//! Do programs that readers copy hold outside of what their pages run?
//!
//! Each listing is used by a harness from `tests/soundness` as real programs use
//! it: with a million items, panics in each task, callers that leave, on both
//! runtimes; in a debug and a release build, and on one core. A harness that
//! could not fail would prove nothing: each must find the faults that its listing
//! once had, a text that replaces another, and say so in a word.
//!
//! So a listing is written in functions that take what varies: an iterator, a reader
//! and a writer, a closure. A harness leaves nothing to luck: it counts what is alive
//! and opens doors, and does not sleep until something has probably happened. It
//! takes at most 5 seconds. The libraries are those of a debug build in every case.

use anyhow::{Result, ensure};
use book::model::{self, Way};
use book::shelf::Shelf;

/// The harness finds nothing.
fn holds(listing: &str) -> Result<()> {
    for way in [Way::Debug, Way::Release, Way::OneCore] {
        let shelf = Shelf::of_the_book(false)?;
        model::survives(shelf, listing, way, &[], |done| {
            let stderr = &done.stderr;
            ensure!(done.exit == 0, "{listing}, {way:?}: {stderr}");
            Ok(())
        })?;
    }
    Ok(())
}

/// The harness ends the program with a failure that says `why`.
fn finds(
    listing: &str,
    way: Way,
    faults: &[(&str, &str)],
    why: &str,
) -> Result<()> {
    let shelf = Shelf::of_the_book(false)?;
    model::survives(shelf, listing, way, faults, |done| {
        ensure!(done.exit != 0, "{listing}: the fault is not found");
        ensure!(done.stderr.contains(why), "{listing}: {}", done.stderr);
        Ok(())
    })
}

#[test]
fn retry_jitter() -> Result<()> {
    holds("retry_jitter")
}

/// The bits of the cap are lost: a client that should wait calls at once.
#[test]
fn retry_jitter_that_shifts() -> Result<()> {
    let faults = [(
        "FIRST_CAP_MS.saturating_mul(doubled)",
        "(FIRST_CAP_MS << (attempt - 1))",
    )];
    for way in [Way::Debug, Way::Release] {
        finds("retry_jitter", way, &faults, "a hot loop at attempt 63")?;
    }
    Ok(())
}

/// A generator that a seed can keep at zero.
#[test]
fn retry_jitter_with_dice_that_stand_still() -> Result<()> {
    let faults = [(
        "rng.u64(0..=cap)",
        "{ let mut x = rng.get_seed(); x ^= x << 13; x ^= x >> 7; x ^= x << 17; \
         rng.seed(x); x % (cap + 1) }",
    )];
    finds("retry_jitter", Way::Debug, &faults, "the same pause")
}

#[test]
fn retry_jitter_that_repeats_what_is_permanent() -> Result<()> {
    let faults = [("error != Failure::Busy || ", "")];
    finds("retry_jitter", Way::Debug, &faults, "permanent")
}

/// No limit but the number of tries, which may be large.
#[test]
fn retry_jitter_without_a_deadline() -> Result<()> {
    let faults = [(" || in_vain", "")];
    finds("retry_jitter", Way::Debug, &faults, "its patience")
}

#[test]
fn bounded_fan_out() -> Result<()> {
    holds("bounded_fan_out")
}

/// A permit bounds what runs; what has ended stays in the set to the end.
#[test]
fn bounded_fan_out_that_keeps_what_has_ended() -> Result<()> {
    let faults = [
        ("if set.len() < AT_ONCE\n            && let", "if let"),
        (
            "            set.spawn(order);\n",
            "            static PLATES: tokio::sync::Semaphore =
                tokio::sync::Semaphore::const_new(AT_ONCE);
            let plate = PLATES.acquire().await.expect(\"open\");
            set.spawn(async move {
                order.await;
                drop(plate);
            });
",
        ),
    ];
    for way in [Way::Debug, Way::OneCore] {
        finds("bounded_fan_out", way, &faults, "tasks in the set")?;
    }
    Ok(())
}

#[test]
fn bounded_fan_out_that_counts_panics_as_done() -> Result<()> {
    let faults = [("Some(Err(_)) => lost += 1", "Some(Err(_)) => done += 1")];
    finds("bounded_fan_out", Way::Debug, &faults, "(1000, 0, 3)")
}

#[test]
fn graceful_shutdown() -> Result<()> {
    holds("graceful_shutdown")
}

#[test]
fn graceful_shutdown_that_throws_results_away() -> Result<()> {
    let faults = [("            *faults += 1;\n", "")];
    let why = "panics: exit status: 0, not status 1";
    finds("graceful_shutdown", Way::Debug, &faults, why)
}

#[test]
fn graceful_shutdown_that_knows_only_ctrl_c() -> Result<()> {
    let faults = [("SignalKind::terminate()", "SignalKind::interrupt()")];
    let why = "term: signal: 15 (SIGTERM), not status 0";
    finds("graceful_shutdown", Way::Debug, &faults, why)
}

#[test]
fn graceful_shutdown_that_hears_one_signal() -> Result<()> {
    let faults = [(
        "() = stop(&mut signals) => log(\"a second signal\")",
        "() = std::future::pending() => log(\"a second signal\")",
    )];
    let why = "second signal: does not say";
    finds("graceful_shutdown", Way::Debug, &faults, why)
}

/// An abort waits for a task that never looks up.
#[test]
fn graceful_shutdown_that_trusts_an_abort() -> Result<()> {
    let faults = [("Duration::from_millis(100)]", "Duration::MAX]")];
    let why = "blocks: misses its deadline";
    finds("graceful_shutdown", Way::Debug, &faults, why)
}

#[test]
fn run_on_rayon() -> Result<()> {
    holds("run_on_rayon")
}

#[test]
fn run_on_rayon_without_a_bound() -> Result<()> {
    let room = "ROOM.acquire().await.expect(\"nobody closes it\")";
    let faults = [(room, "Some(())")];
    finds("run_on_rayon", Way::Debug, &faults, "jobs in the queue")
}

/// The room belongs to a caller, and is free while the job is in the queue.
#[test]
fn run_on_rayon_that_counts_its_callers() -> Result<()> {
    let faults = [
        ("        let _room = room;\n", ""),
        ("    rx.await", "    let _room = room;\n    rx.await"),
    ];
    finds("run_on_rayon", Way::Debug, &faults, "jobs in the queue")
}

#[test]
fn run_on_rayon_that_catches_nothing() -> Result<()> {
    let faults = [(
        "catch_unwind(AssertUnwindSafe(|| job(&stop)))",
        "thread::Result::Ok(job(&stop))",
    )];
    finds("run_on_rayon", Way::Debug, &faults, "aborting")
}

#[test]
fn run_on_rayon_that_works_for_nobody() -> Result<()> {
    let faults = [("        if tx.is_closed() {", "        if false {")];
    finds("run_on_rayon", Way::OneCore, &faults, "jobs ran for nobody")
}

#[test]
fn pipeline_bounded() -> Result<()> {
    holds("pipeline_bounded")
}

/// A debug build panics on a thread of rayon's, which ends the process.
#[test]
fn pipeline_bounded_that_panics_on_rayon() -> Result<()> {
    let why = "attempt to multiply with overflow";
    finds("pipeline_bounded", Way::Debug, &[UNCHECKED], why)
}

/// A release build goes on with a wrong number.
#[test]
fn pipeline_bounded_that_wraps() -> Result<()> {
    let why = "an error, not a wrong square";
    finds("pipeline_bounded", Way::Release, &[UNCHECKED], why)
}

const UNCHECKED: (&str, &str) = (
    "n.checked_mul(n)\n        .ok_or_else(|| format!(\"{n} is too large\").into())",
    "Ok(n * n)",
);

#[test]
fn pipeline_bounded_with_an_endless_channel() -> Result<()> {
    let faults = [(
        "(to_waiter, mut waiter) = mpsc::channel(capacity)",
        "(to_waiter, mut waiter) = mpsc::channel(1 << 20)",
    )];
    let why = "orders taken and not written";
    finds("pipeline_bounded", Way::Debug, &faults, why)
}

/// Whoever sends no end of line decides how much is kept.
#[test]
fn pipeline_bounded_that_reads_lines_of_any_length() -> Result<()> {
    let faults = [("input.take(LONGEST_LINE).read_line", "input.read_line")];
    finds("pipeline_bounded", Way::Debug, &faults, "a line of")
}

#[test]
fn limited_server() -> Result<()> {
    holds("limited_server")
}

#[test]
fn limited_server_that_waits_for_silent_guests() -> Result<()> {
    let faults = [
        ("timeout(limits.silence, read).await??", "read.await?"),
        ANY_VISIT,
    ];
    finds("limited_server", Way::Debug, &faults, "no table gets free")
}

#[test]
fn limited_server_that_takes_orders_of_any_size() -> Result<()> {
    let why = "an order of 100 MB";
    finds("limited_server", Way::Debug, &[ANY_SIZE, ANY_VISIT], why)
}

#[test]
fn limited_server_whose_guests_may_dawdle() -> Result<()> {
    let why = "a guest who stays for ever";
    finds("limited_server", Way::Debug, &[ANY_VISIT], why)
}

/// The waiters do not belong to the service: they stay when it is stopped.
#[test]
fn limited_server_that_owns_no_visits() -> Result<()> {
    let faults = [
        ("JoinSet::new()", "JoinSet::<bool>::new()"),
        ("visits.spawn(", "tokio::spawn("),
    ];
    finds("limited_server", Way::Debug, &faults, "tasks are left")
}

const ANY_SIZE: (&str, &str) = ("bytes > limits.bytes", "bytes == usize::MAX");

const ANY_VISIT: (&str, &str) =
    ("limits.visit, waiter", "Duration::MAX, waiter");

#[test]
fn draining_server() -> Result<()> {
    holds("draining_server")
}

/// The service ends at the first error of `accept`.
#[test]
fn draining_server_that_ends_without_a_descriptor() -> Result<()> {
    let faults = [("eprintln!(\"accept: {error}\");", "panic!(\"{error}\");")];
    let why = "guests served";
    finds("draining_server", Way::Debug, &faults, why)
}

/// It asks again and again, and does nothing else.
#[test]
fn draining_server_that_asks_in_a_hot_loop() -> Result<()> {
    let faults = [("sleep(PAUSE).await", "tokio::task::yield_now().await")];
    let why = "lines about descriptors";
    finds("draining_server", Way::Debug, &faults, why)
}

#[test]
fn draining_server_with_any_number_of_tables() -> Result<()> {
    let faults = [("Semaphore::new(limits.guests)", "Semaphore::new(10_000)")];
    let why = "not as many guests as tables";
    finds("draining_server", Way::Debug, &faults, why)
}

/// The set keeps what has ended.
#[test]
fn draining_server_that_keeps_those_who_have_left() -> Result<()> {
    let all = "while let Some(ended) = visits.try_join_next()";
    let faults = [(all, "for ended in None")];
    let why = "bytes of guests who have left";
    finds("draining_server", Way::Debug, &faults, why)
}

#[test]
fn draining_server_that_waits_for_silent_guests() -> Result<()> {
    let faults = [("timeout(limits.silence, read).await??", "read.await?")];
    let why = "no table gets free";
    finds("draining_server", Way::Debug, &faults, why)
}

#[test]
fn draining_server_that_waits_for_deaf_guests() -> Result<()> {
    let faults = [("timeout(limits.silence, write).await??", "write.await?")];
    let why = "no table gets free";
    finds("draining_server", Way::Debug, &faults, why)
}

#[test]
fn draining_server_that_takes_orders_of_any_size() -> Result<()> {
    let why = "an order of 100 MB";
    finds("draining_server", Way::Debug, &[ANY_SIZE], why)
}

#[test]
fn draining_server_whose_guests_may_dawdle() -> Result<()> {
    let why = "a guest who stays for ever";
    finds("draining_server", Way::Debug, &[ANY_VISIT], why)
}

#[test]
fn draining_server_that_cuts_everybody_off() -> Result<()> {
    let drain = "    for time in [grace, Duration::MAX] {";
    let at_once = format!("    visits.abort_all();\n{drain}");
    let faults = [(drain, at_once.as_str())];
    let why = "cut_off: ";
    finds("draining_server", Way::Debug, &faults, why)
}

#[test]
fn draining_server_that_waits_for_ever() -> Result<()> {
    let faults = [("[grace, Duration::MAX]", "[Duration::MAX, Duration::MAX]")];
    let why = "does not close";
    finds("draining_server", Way::Debug, &faults, why)
}

/// While all tables are taken, it does not hear that it is to close.
#[test]
fn draining_server_that_waits_for_a_table() -> Result<()> {
    let acquire =
        "            let table = Arc::clone(&tables).acquire_owned().await;
            let table = table.expect(\"nobody closes the semaphore\");
";
    let next = "        let next = async {\n";
    let first = format!("{acquire}{next}");
    let faults = [(acquire, ""), (next, first.as_str())];
    finds("draining_server", Way::Debug, &faults, "does not close")
}

/// Its door stays open, and guests come in whom nobody serves.
#[test]
fn draining_server_that_lets_guests_in_while_closing() -> Result<()> {
    let faults = [("    drop(listener);\n", "    let _open = listener;\n")];
    finds("draining_server", Way::Debug, &faults, "does not close")
}

/// Its harness finds the children in `/proc`.
#[cfg(target_os = "linux")]
#[test]
fn child_processes() -> Result<()> {
    holds("child_processes")
}

#[cfg(target_os = "linux")]
#[test]
fn child_processes_that_go_on() -> Result<()> {
    let faults = [("kill_on_drop(true)", "kill_on_drop(false)")];
    let why = "children are left";
    finds("child_processes", Way::Debug, &faults, why)
}

#[cfg(target_os = "linux")]
#[test]
fn child_processes_that_are_waited_for() -> Result<()> {
    let faults = [("timeout(limit, talk)", "timeout(Duration::MAX, talk)")];
    let why = "a child that is waited for";
    finds("child_processes", Way::Debug, &faults, why)
}

#[cfg(target_os = "linux")]
#[test]
fn child_processes_that_may_say_anything() -> Result<()> {
    let faults = [("said.len() as u64 > most", "said.len() as u64 > 2 * most")];
    let why = "a byte too many";
    finds("child_processes", Way::Debug, &faults, why)
}

#[test]
fn frames_by_hand() -> Result<()> {
    holds("frames_by_hand")
}

#[test]
fn frames_by_hand_that_trust_a_length() -> Result<()> {
    let faults = [("if length > LONGEST {", "if length == usize::MAX {")];
    finds("frames_by_hand", Way::Debug, &faults, "a byte too many")
}

/// The check comes after the allocation that it is for.
#[test]
fn frames_by_hand_that_allocate_first() -> Result<()> {
    let faults = [
        (
            "    if length > LONGEST {",
            "    let mut dish = vec![0; length];\n    if length > LONGEST {",
        ),
        ("    let mut dish = vec![0; length];\n    from", "    from"),
    ];
    let why = "bytes are allocated";
    finds("frames_by_hand", Way::Debug, &faults, why)
}

#[test]
fn frames_by_hand_that_read_once() -> Result<()> {
    let faults = [(
        "from.read_exact(&mut dish).await?",
        "let count = from.read(&mut dish).await?;\n    dish.truncate(count)",
    )];
    let why = "they are right";
    finds("frames_by_hand", Way::Debug, &faults, why)
}

/// A guest who leaves in the middle of a length has not said all.
#[test]
fn frames_by_hand_that_take_a_half_for_an_end() -> Result<()> {
    let faults = [(
        "from.read_exact(&mut length[1..]).await?;",
        "if from.read_exact(&mut length[1..]).await.is_err() { return Ok(None); }",
    )];
    let why = "cut off after 1 bytes";
    finds("frames_by_hand", Way::Debug, &faults, why)
}

#[test]
fn read_while_writing() -> Result<()> {
    holds("read_while_writing")
}

/// Both sides wait for the other to read.
#[test]
fn read_while_writing_that_writes_first() -> Result<()> {
    let faults = [(
        "let ((), answer) = tokio::try_join!(ask, copy(&mut from, &mut plate))?;",
        "ask.await?; let answer = copy(&mut from, &mut plate).await?;",
    )];
    let why = "both stand still";
    finds("read_while_writing", Way::Debug, &faults, why)
}

#[test]
fn kitchen_service() -> Result<()> {
    holds("kitchen_service")
}

#[test]
fn kitchen_service_that_takes_bodies_of_any_size() -> Result<()> {
    let faults =
        [("DefaultBodyLimit::max(100)", "DefaultBodyLimit::disable()")];
    let why = "a body of 101 bytes";
    finds("kitchen_service", Way::Debug, &faults, why)
}

#[test]
fn kitchen_service_that_forgets() -> Result<()> {
    let faults = [(
        "kitchen.orders.fetch_add(1, Relaxed) + 1",
        "kitchen.orders.load(Relaxed) + 1",
    )];
    finds("kitchen_service", Way::Debug, &faults, "orders are lost")
}
