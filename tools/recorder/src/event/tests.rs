use super::*;

const GOOD: &str = r#""virtual"
{"at":0,"lane":0,"event":"created","name":"main"}
{"at":0,"lane":0,"event":"polled"}
{"at":0,"lane":0,"line":4,"event":"pending"}
{"at":9,"lane":0,"event":"woken","by":"runtime"}
{"at":9,"lane":0,"event":"polled"}
{"at":9,"lane":0,"event":"ready"}
"#;

fn finds(text: &str, line: usize, what: &str) {
    let error = Recording::parse(text).expect_err("the fault is found");
    assert_eq!(error.line, line, "{error}");
    assert!(error.what.contains(what), "no {what} in {error}");
}

/// Reads `GOOD` with one text replaced; the error must name the line.
fn fault(from: &str, to: &str, line: usize, what: &str) {
    assert!(GOOD.contains(from), "{from}");
    finds(&GOOD.replacen(from, to, 1), line, what);
}

#[test]
fn a_recording_is_read_as_it_was_written() {
    for text in [GOOD, THREADS] {
        let recording = Recording::parse(text).expect("it is good");
        assert_eq!(recording.to_text(), text);
    }
}

#[test]
fn a_text_that_is_no_recording() {
    finds("", 1, "is no clock");
    fault("virtual", "real", 1, "is no clock");
    fault("\"event\":\"polled\"}", "", 3, "is no event");
}

#[test]
fn events_out_of_order() {
    let polled = "{\"at\":9,\"lane\":0,\"event\":\"polled\"}\n";
    fault("\"at\":9", "\"at\":10", 6, "is earlier");
    fault("\"lane\":0", "\"lane\":1", 2, "out of order");
    fault(
        "0,\"lane\":0,\"event\":\"polled",
        "0,\"lane\":3,\"event\":\"polled",
        3,
        "has not been created",
    );
    fault(polled, &polled.repeat(2), 7, "is being polled");
    fault(polled, "", 6, "has not begun");
}

const THREADS: &str = r#"{"wall":{"machine":"a laptop"}}
{"at":0,"lane":0,"event":"created","name":"cook"}
{"at":0,"lane":1,"event":"created","name":"guest"}
{"at":1,"lane":0,"event":"waits","lock":0}
{"at":1,"lane":0,"event":"holds","lock":0}
{"at":2,"lane":1,"event":"waits","lock":0}
{"at":3,"lane":0,"event":"frees","lock":0}
{"at":3,"lane":1,"event":"holds","lock":0}
{"at":4,"lane":1,"event":"frees","lock":0}
{"at":5,"lane":0,"event":"ended"}
{"at":5,"lane":1,"event":"ended"}
"#;

#[test]
fn threads_and_their_locks() {
    let line = |number: usize| {
        THREADS
            .lines()
            .nth(number - 1)
            .expect("there is such a line")
    };
    for (gone, line_of_fault, what) in [
        (7, 7, "takes a lock that another lane holds"),
        (5, 6, "frees a lock that it does not hold"),
        (6, 7, "gets a lock that it did not wait for"),
        (9, 10, "ends a thread that holds a lock"),
        (10, 11, "leaves a thread unjoined"),
    ] {
        let text = THREADS.replace(&format!("{}\n", line(gone)), "");
        finds(&text, line_of_fault, what);
    }
}
