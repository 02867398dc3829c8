use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::process::Command;
use std::{fs, process};

/// Set for the process that is the listing.
const LISTING: &str = "IS_READ_FILE";

/// The exit status of the listing with these arguments, and what it says.
fn status(args: &[&OsStr]) -> (Option<i32>, String) {
    let program = env::current_exe().expect("it has a path");
    let mut command = Command::new(program);
    let output = command.args(args).env(LISTING, "yes").output();
    let output = output.expect("it can be started");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

fn main() -> ExitCode {
    if env::var_os(LISTING).is_some() {
        return listing_main();
    }
    let dir = env::temp_dir().join(format!("menus-{}", process::id()));
    fs::create_dir(&dir).expect("a directory");
    let in_dir =
        |name: &[u8]| OsString::from(dir.join(OsStr::from_bytes(name)));
    // `caf\xe9` is no UTF-8, and a name all the same.
    let latin1 = in_dir(b"caf\xe9.txt");
    fs::write(&latin1, "toast\n").expect("a file");
    let no_text = in_dir(b"photo");
    fs::write(&no_text, [0xff]).expect("a file");
    let missing = in_dir(b"missing");

    let seen = [
        ("a name that is no UTF-8", status(&[&latin1]), 0, ""),
        ("a missing file", status(&[&missing]), 1, "missing"),
        ("a directory", status(&[dir.as_os_str()]), 1, "menus"),
        ("a photo", status(&[&no_text]), 1, "photo"),
        ("two files", status(&[&latin1, &latin1]), 2, "usage"),
        ("an option", status(&["--all".as_ref()]), 2, "usage"),
    ];
    fs::remove_dir_all(&dir).expect("it is ours");
    for (what, (code, said), expected, word) in seen {
        assert_eq!(code, Some(expected), "exit status for {what}: {said}");
        assert!(said.contains(word), "{what} is not named: {said}");
    }
    ExitCode::SUCCESS
}
