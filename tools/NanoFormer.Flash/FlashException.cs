using NanoFormer.Errors;

namespace NanoFormer.Flash;

/// <summary>Why a board cannot be flashed, or did not start as it should.</summary>
public enum FlashError
{
    /// <summary>No board of that name.</summary>
    UnknownBoard,

    /// <summary>The board has no layout for that size of flash.</summary>
    UnknownFlashSize,

    /// <summary>The board cannot hold the model in that way.</summary>
    UnsupportedStrategy,

    /// <summary>A partition table that cannot be read, or whose partitions overlap, leave the flash or are misaligned.</summary>
    BadPartitionTable,

    /// <summary>A file that was named is not there.</summary>
    NoFile,

    /// <summary>The application is not a deployment image.</summary>
    NotAnApplication,

    /// <summary>The firmware is missing although the model is linked into it.</summary>
    NoFirmware,

    /// <summary>The file named as firmware is none, is cut off, or is one of another chip.</summary>
    NotFirmware,

    /// <summary>The firmware or application should contain the model image, and does not.</summary>
    ModelNotInside,

    /// <summary>The model image would lie at an address that the engine refuses.</summary>
    ModelMisaligned,

    /// <summary>The model image does not fit its partition.</summary>
    ModelTooLarge,

    /// <summary>The application does not fit the deployment area.</summary>
    ApplicationTooLarge,

    /// <summary>The firmware does not fit its partition.</summary>
    FirmwareTooLarge,

    /// <summary>The model asks for more working memory than the board has for it.</summary>
    ArenaTooLarge,

    /// <summary>The board is flashed over a serial port, and none was named.</summary>
    NoPort,

    /// <summary>A port without a name, or one that the flasher and the log would share.</summary>
    BadPort,

    /// <summary>The flasher is not installed.</summary>
    NanoffNotInstalled,

    /// <summary>The flasher ended with an error.</summary>
    NanoffFailed,

    /// <summary>After flashing, the board wrote no boot record.</summary>
    NoBootLine,

    /// <summary>The board started, but the record that names its firmware and model came damaged.</summary>
    TornHead,

    /// <summary>The board started with another application than the one that was written.</summary>
    OldApplication,

    /// <summary>The board started with another model image.</summary>
    WrongModel,

    /// <summary>The board's firmware reports an error at its start.</summary>
    StartFailed,
}

/// <summary>A board cannot be flashed, or did not start as it should.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">What is wrong, and what to do about it.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class FlashException(FlashError error, string message, Exception? inner = null)
    : NamedException<FlashError>(error, message, inner);
