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

use anyhow::Result;
use book::model::{self, Harness, Way};

fn harness(listing: &str, way: Way) -> Harness<'_> {
    let name = listing;
    Harness { listing, name, way }
}

/// The harness finds nothing.
fn holds(listing: &str) -> Result<()> {
    [Way::Debug, Way::Release, Way::OneCore]
        .into_iter()
        .try_for_each(|way| model::holds(harness(listing, way), &[]))
}

/// The harness ends the program with a failure that says `why`.
fn finds(
    listing: &str,
    way: Way,
    faults: &[(&str, &str)],
    why: &str,
) -> Result<()> {
    model::finds(harness(listing, way), faults, why)
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
fn first_error() -> Result<()> {
    holds("first_error")
}

#[test]
fn first_error_that_leaves_the_rest_running() -> Result<()> {
    let faults =
        [("        set.abort_all();\n", "        set.detach_all();\n")];
    finds("first_error", Way::Debug, &faults, "of one error")
}

/// A task that somebody else has aborted is not done.
#[test]
fn first_error_that_forgives_what_is_missing() -> Result<()> {
    let faults = [(
        "first.is_some() && error.is_cancelled()",
        "error.is_cancelled()",
    )];
    finds(
        "first_error",
        Way::Debug,
        &faults,
        "missing without an error",
    )
}

#[test]
fn two_tables() -> Result<()> {
    holds("two_tables")
}

#[test]
fn two_tables_for_everybody() -> Result<()> {
    let faults = [(", if eating.len() < TABLES", "")];
    finds("two_tables", Way::Debug, &faults, "at 2 tables")
}

/// A panic that does not fit the pattern disables the branch; with the tables full,
/// no branch is left, and the house closes.
#[test]
fn two_tables_with_a_pattern_for_the_good() -> Result<()> {
    let faults = [(
        "Some(left) = eating.join_next() => {
                faults += usize::from(left.is_err());",
        "Some(Ok(())) = eating.join_next() => {
                faults += 0;",
    )];
    finds("two_tables", Way::Debug, &faults, "the house is open")
}

#[test]
fn cancel_safe_read() -> Result<()> {
    holds("cancel_safe_read")
}

/// The progress is in the future.
#[test]
fn cancel_safe_read_with_a_buffer_of_its_own() -> Result<()> {
    let faults = [
        (
            "        loop {
            if let Some(&ticket)",
            "        let mut arrived = std::mem::take(&mut self.arrived);
        loop {
            if let Some(&ticket)",
        ),
        ("self.arrived.first_chunk()", "arrived.first_chunk()"),
        (
            "self.arrived.drain(..ticket.len());",
            "arrived.drain(..ticket.len()); self.arrived = arrived;",
        ),
        ("read_buf(&mut self.arrived)", "read_buf(&mut arrived)"),
        ("self.arrived.is_empty()", "arrived.is_empty()"),
    ];
    finds("cancel_safe_read", Way::Debug, &faults, "lost")
}

#[test]
fn cancel_safe_read_that_takes_a_break_for_the_end() -> Result<()> {
    let faults = [("match self.arrived.is_empty()", "match true")];
    finds("cancel_safe_read", Way::Debug, &faults, "half a ticket")
}

#[test]
fn soup_kitchen() -> Result<()> {
    holds("soup_kitchen")
}

#[test]
fn soup_kitchen_that_serves_who_has_left() -> Result<()> {
    let faults = [(
        "if reply.send(Ok(rest)).is_ok() {
            soup = rest;
        }",
        "soup = rest;
        let _ = reply.send(Ok(rest));",
    )];
    let why = "soup left when the guest has gone";
    finds("soup_kitchen", Way::Debug, &faults, why)
}

#[test]
fn soup_kitchen_that_counts_twice() -> Result<()> {
    let faults = [(
        "            soup = rest;\n",
        "            soup = rest + portions / 2 + 1;\n",
    )];
    finds("soup_kitchen", Way::Debug, &faults, "portions served")
}

#[test]
fn soup_for_three() -> Result<()> {
    holds("soup_for_three")
}

/// A ring between the look and the wait wakes nobody; the turn between the two
/// stands for another thread.
#[test]
fn soup_for_three_that_looks_first() -> Result<()> {
    let faults = [(
        "            filled.await;",
        "            drop(filled);
            tokio::task::yield_now().await;
            self.filled.notified().await;",
    )];
    finds("soup_for_three", Way::Debug, &faults, "beside a full pot")
}

#[test]
fn last_guests() -> Result<()> {
    holds("last_guests")
}

/// It goes home with orders in its inbox.
#[test]
fn last_guests_that_go_hungry() -> Result<()> {
    let faults = [(
        "inbox.close();
                continue;",
        "return;",
    )];
    finds("last_guests", Way::Debug, &faults, "taken and not answered")
}

#[test]
fn guest_decides() -> Result<()> {
    holds("guest_decides")
}

/// A throttle: the first word, and then silence.
#[test]
fn guest_decides_at_the_first_word() -> Result<()> {
    let faults = [("        last = newer;\n", "        let _ = newer;\n")];
    finds("guest_decides", Way::Debug, &faults, "the last word")
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
    let why = "orders under way";
    finds("pipeline_bounded", Way::Debug, &faults, why)
}

/// Whoever sends no end of line decides how much is kept.
#[test]
fn pipeline_bounded_that_reads_lines_of_any_length() -> Result<()> {
    let faults = [("input.take(LONGEST_LINE).read_line", "input.read_line")];
    finds("pipeline_bounded", Way::Debug, &faults, "a line of")
}

const ECHO: &str = "echo_on_own_runtime";

#[test]
fn echo_on_own_runtime() -> Result<()> {
    holds(ECHO)
}

/// An event comes once; who waits again must say so.
#[test]
fn echo_on_own_runtime_that_renews_no_interest() -> Result<()> {
    let renewed = "                    \
                   runtime.woken.poller.modify(&*io, interest(*key))?;\n";
    finds(
        ECHO,
        Way::Debug,
        &[(renewed, "")],
        "a reader is never woken",
    )
}

/// A copy of the descriptor keeps the registration, and the key of a socket that
/// has gone comes back.
#[test]
fn echo_on_own_runtime_that_deletes_no_socket() -> Result<()> {
    let deleted = "self.runtime.woken.poller.delete(&self.io)";
    let faults = [(deleted, "io::Result::Ok(())")];
    finds(ECHO, Way::Debug, &faults, "is gone and registered")
}

#[test]
fn echo_on_own_runtime_that_wakes_while_it_borrows() -> Result<()> {
    let why = "a waker is called while something is borrowed";
    finds(ECHO, Way::Debug, &[("        drop(sockets);\n", "")], why)
}

/// A task that finds every socket ready keeps the thread.
#[test]
fn echo_on_own_runtime_without_a_budget() -> Result<()> {
    let faults = [
        ("0 => Err(ErrorKind::Interrupted.into()),\n", ""),
        ("runtime.budget.set(left - 1);\n", ""),
    ];
    finds(ECHO, Way::Debug, &faults, "turns for others")
}

#[test]
fn echo_on_own_runtime_that_writes_once() -> Result<()> {
    let faults = [("count => bytes = &bytes[count..]", "_ => return Ok(())")];
    finds(ECHO, Way::Debug, &faults, "bytes are written")
}

/// Tasks own sockets, which own the runtime, which owns the tasks.
#[test]
fn echo_on_own_runtime_that_never_drops_its_tasks() -> Result<()> {
    let faults = [("drop(self.0.tasks.take())", "break")];
    finds(ECHO, Way::Debug, &faults, "is left")
}

#[test]
fn echo_on_own_runtime_that_an_error_of_accept_ends() -> Result<()> {
    let faults = [("runtime.sleep(PAUSE).await;", "return;")];
    finds(ECHO, Way::Debug, &faults, "too many files end it")
}

#[test]
fn echo_on_own_runtime_that_takes_every_guest() -> Result<()> {
    let limit = "runtime.fewer_tasks_than(limits.guests).await;";
    let why = "a guest more than there are places";
    finds(ECHO, Way::Debug, &[(limit, "")], why)
}

#[test]
fn echo_on_own_runtime_that_waits_for_the_silent() -> Result<()> {
    let read = "runtime.within(idle, guest.read(&mut plate)).await?";
    let faults = [(read, "guest.read(&mut plate).await?")];
    finds(ECHO, Way::Debug, &faults, "who says nothing stays")
}

#[test]
fn echo_on_own_runtime_that_does_not_lock_up() -> Result<()> {
    let faults = [("    drop(listener);\n", "")];
    let why = "a guest is let in after the end";
    finds(ECHO, Way::Debug, &faults, why)
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
