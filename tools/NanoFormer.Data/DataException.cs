using NanoFormer.Errors;

namespace NanoFormer.Data;

/// <summary>What is wrong with a data set or recording.</summary>
public enum DataError
{
    /// <summary>A file the header names, or the header itself, is not there.</summary>
    MissingFile,

    /// <summary>The header cannot be parsed or lacks a field.</summary>
    BadHeader,

    /// <summary>The header is in order, but its data are laid out or typed in a way this reader does not know.</summary>
    UnsupportedLayout,

    /// <summary>A file's SHA-256 is not the one its header states.</summary>
    ChecksumMismatch,

    /// <summary>A file holds more or fewer bytes, rows or samples than its header states.</summary>
    WrongLength,

    /// <summary>A column that was asked for is not in the file.</summary>
    MissingColumn,

    /// <summary>A field of a text file cannot be read as what its column holds.</summary>
    BadField,

    /// <summary>Recordings or windows that do not fit together: other channels, rates or classes.</summary>
    Incompatible,

    /// <summary>An option has a form or value that makes no sense, alone or for these data.</summary>
    BadOption,

    /// <summary>Data with faults that no option asked to repair; nothing was written.</summary>
    RefusedData,

    /// <summary>A file's signature does not belong to its content and the key.</summary>
    BadSignature,

    /// <summary>A split was asked for that would put nearly equal windows into both parts.</summary>
    LeakySplit,

    /// <summary>The data belong to no part of a split yet.</summary>
    NoSplit,

    /// <summary>A file or folder holds recordings of no known form, or of several.</summary>
    UnknownFormat,

    /// <summary>The folder to write to holds something.</summary>
    FolderNotEmpty,
}

/// <summary>A data set or recording that cannot be used; the message names the file and the place in it.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">A sentence for the reader of the message.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class DataException(DataError error, string message, Exception? inner = null)
    : NamedException<DataError>(error, message, inner);
