use std::{
    io::{self, BufWriter, Read, Write},
    path::Path,
    process::{self, ChildStderr, ChildStdin, ChildStdout, Command, Stdio},
};

use crate::source::{self, Frame, MAX_BYTES};

/// The address space of a reader: 1 GiB for the file, the rest for the program itself.
#[cfg(target_os = "linux")]
const MEMORY: u64 = (1 << 30) + (256 << 20);
/// The processor time of a reader in seconds: its end where the process that started it has died.
#[cfg(target_os = "linux")]
const PROCESSOR: u64 = 30;

/// A process that reads a file; dropped, it ends with all that it has started.
pub(super) struct Child(process::Child);

impl Child {
    /// Starts a reader. It gets no environment, and of the name only the ending: all users of the machine
    /// may see its command line.
    pub(super) fn start(
        program: &Path,
        ending: &str,
        within: bool,
    ) -> io::Result<(Child, (ChildStdin, ChildStdout, ChildStderr))> {
        let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
        let mut command = Command::new(program);
        command
            .args(["read-source", "--name"])
            .arg(format!("file.{ending}"))
            .args(within.then_some("--within"))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take()).zip(child.stderr.take());
        let child = Child(child);
        let ((input, output), errors) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
        Ok((child, (input, output, errors)))
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Before `wait`, so that the number is still that of our process.
        #[cfg(target_os = "linux")]
        let killed = rustix::process::kill_process_group(
            rustix::process::Pid::from_child(&self.0),
            rustix::process::Signal::KILL,
        )
        .map_err(io::Error::from);
        #[cfg(not(target_os = "linux"))]
        let killed = self.0.kill();
        match killed.and_then(|()| self.0.wait()) {
            Ok(status) => tracing::debug!("a reader ended: {status}"),
            Err(error) => tracing::warn!("a reader could not be ended: {error}"),
        }
    }
}

/// Does the work of such a process: reads a file from stdin and writes what it says to stdout.
///
/// # Errors
/// Where the limits cannot be set or the pipes fail.
pub fn serve(name: &str, within: bool) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    limit()?;
    let mut bytes = Vec::new();
    // One byte more, so that the file is refused as too large and not read in part.
    io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let mut output = BufWriter::new(io::stdout().lock());
    source::read_all(name, &bytes, within, |frame| frame.write(&mut output))?;
    Frame::write_end(&mut output)?;
    output.flush()
}

/// Bounds this process: memory, processor time, no file written, no process started, no core left, and
/// no life beyond that of who started it.
#[cfg(target_os = "linux")]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
    set_parent_process_death_signal(Some(Signal::KILL))?;
    for (resource, limit) in [
        (Resource::As, MEMORY),
        (Resource::Cpu, PROCESSOR),
        (Resource::Fsize, 0),
        (Resource::Nproc, 0),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    Ok(())
}
