//! Why there is no update, in words for the person who asked for one.

use std::io::ErrorKind;

use tauri_plugin_updater::Error;

use crate::AppError;

/// Why an update was not found or not put in. The version that runs stays as it is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpdateError {
    /// Built without a release's key.
    #[error("this build does not update itself")]
    NotARelease,
    /// Nothing was found before.
    #[error("there is no update to install")]
    Nothing,
    /// One is being fetched.
    #[error("an update is being fetched already")]
    Busy,
    /// An exam's clock runs.
    #[error("an exam is running: {0}")]
    ExamRuns(String),
    /// The server does not answer.
    #[error("the update server cannot be reached")]
    Unreachable,
    /// The server answers, but not with a list of versions.
    #[error("the update server did not say which version is newest")]
    NoAnswer,
    /// There is a newer version, but not as this kind of package.
    #[error("the newer version is not offered for this system")]
    NotForThis,
    /// The server answers that it has no such file, or has trouble.
    #[error("the update server refused the download ({0})")]
    NotServed(String),
    /// The connection ended too early.
    #[error("the download broke off")]
    BrokeOff,
    /// More bytes than any release has.
    #[error("the download is larger than any version of Sitwell")]
    TooLarge,
    /// It is not what the maintainers signed.
    #[error("the download is not signed by Sitwell's maintainers")]
    NotSigned,
    /// It is signed, but as another version than was promised.
    #[error("the download is not the version that the update server promised")]
    OtherVersion,
    /// No folder could take it.
    #[error("there is no room for the update in the temporary folder")]
    NoRoom,
    /// The password was not given.
    #[error("the update was not allowed")]
    NotAllowed,
    /// The system's installer failed.
    #[error("the system could not install the update")]
    NotPutIn,
    /// The learner stopped it.
    #[error("the update was cancelled")]
    Cancelled,
}

impl UpdateError {
    /// What went wrong while looking for a newer version.
    #[expect(clippy::needless_pass_by_value, reason = "given to `map_err`")]
    pub(crate) fn checking(error: Error) -> Self {
        match &error {
            Error::EmptyEndpoints => Self::NotARelease,
            Error::TargetNotFound(_)
            | Error::TargetsNotFound(_)
            | Error::UnsupportedArch
            | Error::UnsupportedOs => Self::NotForThis,
            Error::Reqwest(error) if error.is_decode() => Self::NoAnswer,
            Error::Reqwest(_) | Error::Network(_) => Self::Unreachable,
            _ => Self::NoAnswer,
        }
    }

    /// What went wrong while fetching it.
    pub(crate) fn fetching(error: Error) -> Self {
        match error {
            Error::Network(answer) => {
                let status = answer.rsplit("status: ").next().unwrap_or_default();
                Self::NotServed(status.to_owned())
            }
            Error::Reqwest(error) if error.is_connect() => Self::Unreachable,
            Error::Reqwest(_) => Self::BrokeOff,
            other => Self::unsigned(&other).unwrap_or(Self::BrokeOff),
        }
    }

    /// What went wrong while putting it in.
    #[expect(clippy::needless_pass_by_value, reason = "given to `map_err`")]
    pub(crate) fn installing(error: Error) -> Self {
        match &error {
            Error::TempDirNotFound | Error::TempDirNotOnSameMountPoint => Self::NoRoom,
            Error::Io(error) if error.kind() == ErrorKind::StorageFull => Self::NoRoom,
            Error::AuthenticationFailed => Self::NotAllowed,
            other => Self::unsigned(other).unwrap_or(Self::NotPutIn),
        }
    }

    fn unsigned(error: &Error) -> Option<Self> {
        match error {
            Error::Minisign(_) | Error::Base64(_) | Error::SignatureUtf8(_) => {
                Some(Self::NotSigned)
            }
            Error::SignedVersionMismatch { .. } | Error::MissingSignedVersion => {
                Some(Self::OtherVersion)
            }
            _ => None,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotARelease => "update_not_a_release",
            Self::Nothing => "update_nothing",
            Self::Busy => "update_busy",
            Self::ExamRuns(_) => "update_exam_runs",
            Self::Unreachable => "update_unreachable",
            Self::NoAnswer => "update_no_answer",
            Self::NotForThis => "update_not_for_this",
            Self::NotServed(_) => "update_not_served",
            Self::BrokeOff => "update_broke_off",
            Self::TooLarge => "update_too_large",
            Self::NotSigned => "update_not_signed",
            Self::OtherVersion => "update_other_version",
            Self::NoRoom => "update_no_room",
            Self::NotAllowed => "update_not_allowed",
            Self::NotPutIn => "update_not_put_in",
            Self::Cancelled => "update_cancelled",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NotARelease => "Update it the way it came: from its source, or as a package.",
            Self::Nothing => "Check for updates first.",
            Self::Busy => "Wait for it, or cancel it.",
            Self::ExamRuns(_) => "End the exam first. Updates never install during an exam.",
            Self::Unreachable => "Check the connection, then try again. This version still works.",
            Self::NoAnswer | Self::NotServed(_) | Self::BrokeOff => {
                "Nothing was changed. Try again later."
            }
            Self::NotForThis => "Look for a package on Sitwell's page of releases.",
            Self::TooLarge | Self::NotSigned | Self::OtherVersion => {
                "Nothing was installed. Try again later; if it stays, report it to the maintainers."
            }
            Self::NoRoom => "Nothing was changed. Free some space, then try again.",
            Self::NotAllowed => "Nothing was changed. It needs an administrator's password.",
            Self::NotPutIn => {
                "This version is still in place. Install the newer package by hand if it stays so."
            }
            Self::Cancelled => "Nothing was changed.",
        }
    }
}

impl From<UpdateError> for AppError {
    fn from(error: UpdateError) -> Self {
        Self::new(error.code(), &error.to_string(), error.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_told_in_plain_words() {
        let refused = Error::Network("Download request failed with status: 500 Oops".to_owned());
        let error = AppError::from(UpdateError::fetching(refused));
        assert_eq!(error.message, "The update server refused the download (500 Oops).");
        assert_eq!(error.hint.as_deref(), Some("Nothing was changed. Try again later."));
        let full = Error::Io(std::io::Error::from(ErrorKind::StorageFull));
        assert!(matches!(UpdateError::installing(full), UpdateError::NoRoom));
        let missing = Error::TargetNotFound("linux-x86_64".to_owned());
        assert!(matches!(UpdateError::checking(missing), UpdateError::NotForThis));
        let other =
            Error::SignedVersionMismatch { signed: "0.1.0".into(), announced: "9.0.0".into() };
        assert!(matches!(UpdateError::fetching(other), UpdateError::OtherVersion));
    }
}
