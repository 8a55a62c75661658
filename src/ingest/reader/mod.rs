//! Who reads a file, and what may that cost?
//!
//! Formats that only decode text are read here. Those that unpack and interpret what others have put
//! together are read by this program once more, in a process with little memory and little time: whatever
//! such a file does, it can only fail itself. Must not know what a document says.

mod child;
mod places;

use std::{
    io::{self, BufReader, Read, Write},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
    process::{ChildStderr, ChildStdin, ChildStdout},
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::Duration,
};

use child::Child;
pub use child::serve;
use places::Places;

use super::ArchiveError;
use crate::source::{self, Frame, MAX_ENTRIES, Output, Source, SourceError};

/// How long a file may be read; a real notice takes some milliseconds.
pub const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Reads files, the hostile ones in processes of their own where it knows the program for that.
#[derive(Debug)]
pub struct Reader {
    program: Option<PathBuf>,
    time_limit: Duration,
    /// Of the processes that read a file, and of those that hand over the files of a zip file, which wait
    /// for the former.
    files: Places,
    archives: Places,
}

impl Reader {
    /// Reads everything in this process: for those who trust their files.
    pub fn in_process() -> Self {
        Self::new(None, TIME_LIMIT)
    }

    /// Reads hostile files by the `read-source` of this program, each step within `time_limit`.
    pub fn with_program(program: PathBuf, time_limit: Duration) -> Self {
        Self::new(Some(program), time_limit)
    }

    fn new(program: Option<PathBuf>, time_limit: Duration) -> Self {
        let places = thread::available_parallelism().map_or(2, usize::from);
        Self { program, time_limit, files: Places::new(places), archives: Places::new(places) }
    }

    /// Reads one document.
    ///
    /// # Errors
    /// Where the file cannot be read, or the process that should read it cannot be started.
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<Source, ArchiveError> {
        let mut read = None;
        self.frames(name, bytes, false, &mut |frame| {
            read = match frame {
                Frame::Document(document) => Some(document),
                Frame::Member { .. } => None,
            };
            Ok(())
        })?;
        read.unwrap_or(Err(SourceError::ReaderFailed)).map_err(ArchiveError::Unreadable)
    }

    /// Reads a document, or unpacks each document of a zip file of them; `each` gets them one by one.
    ///
    /// # Errors
    /// Where the file cannot be read to its end, the process that should read it cannot be started, or
    /// `each` fails.
    pub fn read_all(
        &self,
        name: &str,
        bytes: &[u8],
        each: &mut dyn FnMut(Frame) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        self.frames(name, bytes, true, each)
    }

    fn frames(
        &self,
        name: &str,
        bytes: &[u8],
        within: bool,
        each: &mut dyn FnMut(Frame) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        match &self.program {
            Some(program) if source::is_hostile(name, bytes) => {
                let _place = if within { &self.archives } else { &self.files }.take();
                let (child, pipes) = Child::start(program, &source::ending(name), within)
                    .map_err(ArchiveError::ReaderNotStarted)?;
                let frames = connect(pipes, bytes.to_vec());
                let done = self.follow(&frames, each);
                drop(child);
                done
            }
            _ => in_process(name, bytes, within, each),
        }
    }

    /// Hands over frames until the last one; each has its own time, as `each` may take long itself.
    fn follow(
        &self,
        frames: &Receiver<io::Result<Output>>,
        each: &mut dyn FnMut(Frame) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        for handed_over in 0..=MAX_ENTRIES {
            let why = match frames.recv_timeout(self.time_limit) {
                Ok(Ok(Some(frame))) => {
                    each(frame)?;
                    continue;
                }
                Ok(Ok(None)) if handed_over > 0 => return Ok(()),
                Ok(Ok(None)) => SourceError::ReaderFailed,
                Err(RecvTimeoutError::Timeout) => {
                    SourceError::TooSlow { seconds: self.time_limit.as_secs().max(1) }
                }
                Ok(Err(error)) => {
                    tracing::debug!("the reader's answer is no answer: {error}");
                    SourceError::ReaderFailed
                }
                Err(RecvTimeoutError::Disconnected) => SourceError::ReaderFailed,
            };
            return Err(ArchiveError::Unreadable(why));
        }
        Err(ArchiveError::Unreadable(SourceError::ReaderFailed))
    }
}

/// Feeds the process and listens to it, each on a thread of its own. Nobody waits for these threads: they
/// end when the process does.
fn connect(
    (mut input, output, errors): (ChildStdin, ChildStdout, ChildStderr),
    bytes: Vec<u8>,
) -> Receiver<io::Result<Output>> {
    // A reader that refuses a file by its beginning closes the pipe, which is no failure.
    thread::spawn(move || input.write_all(&bytes).is_ok());
    thread::spawn(move || tell_last_line(errors));
    let (sender, frames) = sync_channel(0);
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        loop {
            let frame = Frame::read(&mut output);
            let is_last = !matches!(frame, Ok(Some(_)));
            if sender.send(frame).is_err() || is_last {
                return;
            }
        }
    });
    frames
}

/// Reads what a process complains of to its end, so that it never waits for us, and logs the last line.
fn tell_last_line(mut errors: impl Read) {
    let (mut tail, mut chunk) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = errors.read(&mut chunk) {
        tail.drain(..tail.len().saturating_sub(chunk.len()));
        tail.extend_from_slice(&chunk[..read]);
    }
    let said = String::from_utf8_lossy(&tail);
    if let Some(line) = said.lines().rfind(|line| !line.trim().is_empty()) {
        tracing::debug!("a reader said: {}", line.escape_debug());
    }
}

/// Reads in this process. A panic of a reader is the file's fault; one of `each` is not, and goes on.
fn in_process(
    name: &str,
    bytes: &[u8],
    within: bool,
    each: &mut dyn FnMut(Frame) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let mut is_reading = true;
    let done = catch_unwind(AssertUnwindSafe(|| {
        source::read_all(name, bytes, within, |frame| {
            is_reading = false;
            let handed_over = each(frame);
            is_reading = true;
            handed_over
        })
    }));
    match done {
        Ok(done) => done,
        Err(_) if is_reading => Err(ArchiveError::ReaderFailed),
        Err(panic) => resume_unwind(panic),
    }
}
