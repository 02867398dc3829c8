use std::collections::BTreeSet;
use std::error::Error;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, io, thread};

/// What cargo builds for the dependencies of that name, themselves included.
fn crates(tree: &str, runtime: &str) -> usize {
    let mut found = BTreeSet::new();
    let mut below = false;
    for line in tree.lines() {
        let name = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let depth = &line[..line.len() - name.len()];
        if depth == "1" {
            below = name.starts_with(runtime);
        }
        if below {
            found.insert(name);
        }
    }
    found.len()
}

/// Every thread of a run: each lives for 100 ms or more.
fn threads(mut run: Child) -> io::Result<usize> {
    let mut seen = BTreeSet::new();
    while run.try_wait()?.is_none() {
        for task in fs::read_dir(format!("/proc/{}/task", run.id()))? {
            seen.insert(task?.file_name());
        }
        thread::sleep(Duration::from_millis(1));
    }
    Ok(seen.len())
}

fn main() -> Result<(), Box<dyn Error>> {
    let cargo = Command::new("cargo")
        .args(["tree", "--offline", "--package", "ch06-01-runtimes"])
        .args([
            "--edges",
            "normal,build",
            "--no-dedupe",
            "--prefix",
            "depth",
        ])
        .output()?;
    if !cargo.status.success() {
        return Err(String::from_utf8(cargo.stderr)?.into());
    }
    let tree = String::from_utf8(cargo.stdout)?;
    let mut rows = Vec::new();
    for name in ["tokio", "smol", "embassy", "futures"] {
        let listing = format!("orders_on_{name}");
        let program = env::current_exe()?.with_file_name(listing);
        let size = match fs::metadata(&program) {
            Ok(found) => found.len() / 1024,
            Err(error) => {
                return Err(format!(
                    "{}: {error}; build the others first, as the page says",
                    program.display()
                )
                .into());
            }
        };
        // All four run at once: they do nothing but wait.
        let run = Command::new(program).stdout(Stdio::null()).spawn()?;
        let threads = thread::spawn(|| threads(run));
        rows.push((name, threads, crates(&tree, name), size));
    }
    println!("runtime  threads  crates  program (KiB)");
    for (name, threads, crates, size) in rows {
        let threads = threads.join().expect("counting does not panic")?;
        println!("{name:7}  {threads:7}  {crates:6}  {size:13}");
    }
    Ok(())
}
