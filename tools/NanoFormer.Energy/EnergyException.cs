using NanoFormer.Errors;

namespace NanoFormer.Energy;

/// <summary>What is wrong with a trace, or with what it is asked for.</summary>
public enum EnergyError
{
    /// <summary>The file is of no known form.</summary>
    UnknownFormat,

    /// <summary>The file ends within its header, or is damaged.</summary>
    BadTrace,

    /// <summary>The file has a header and no samples.</summary>
    EmptyTrace,

    /// <summary>A field cannot be read as the number that its column holds.</summary>
    BadField,

    /// <summary>A column that is needed is not there, or it is not clear which one it is.</summary>
    MissingColumn,

    /// <summary>A unit is unknown, or the values cannot be in it.</summary>
    BadUnit,

    /// <summary>The trace holds currents alone, and nobody said at which voltage.</summary>
    NoVoltage,

    /// <summary>Neither the file nor an option tells how far apart the samples are.</summary>
    NoTimeBase,

    /// <summary>Times go back, or the trace's time is not that of the device or of the clock on the wall.</summary>
    TimeBase,

    /// <summary>The marker's pin is not in the trace, or never changes.</summary>
    NoMarker,

    /// <summary>No whole inference is in the trace.</summary>
    NoInference,

    /// <summary>The device's log does not belong to the trace.</summary>
    LogMismatch,

    /// <summary>An instrument says nothing, or is another.</summary>
    NoAnswer,

    /// <summary>An instrument refuses a command.</summary>
    Refused,

    /// <summary>An instrument went away while it recorded.</summary>
    Unplugged,

    /// <summary>An option has a value that makes no sense.</summary>
    BadOption,
}

/// <summary>A trace cannot be read or evaluated; the message says what to do.</summary>
/// <param name="error">What is wrong.</param>
/// <param name="message">One or two sentences for the user.</param>
public sealed class EnergyException(EnergyError error, string message)
    : NamedException<EnergyError>(error, message);
