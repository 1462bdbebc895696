using NanoFormer.Errors;

namespace NanoFormer.Energy.Mlperf;

/// <summary>What keeps a benchmark of a device from its result.</summary>
public enum BenchmarkError
{
    /// <summary>The device says nothing.</summary>
    NoAnswer,

    /// <summary>What comes is no text: the port's speed is not the device's.</summary>
    WrongBaud,

    /// <summary>A line is cut off or lost.</summary>
    TornLine,

    /// <summary>The device refuses a command, in its own words.</summary>
    DeviceError,

    /// <summary>The labelled inputs cannot be used.</summary>
    BadDataset,

    /// <summary>The marker's edges in the recording are not those of one run.</summary>
    LostEdge,
}

/// <summary>A benchmark cannot go on; the message says what to do.</summary>
/// <param name="error">What is wrong.</param>
/// <param name="message">One or two sentences for the user.</param>
public sealed class BenchmarkException(BenchmarkError error, string message) : NamedException<BenchmarkError>(error, message);
