namespace NanoFormer.Emulator;

/// <summary>The emulator could not be started, ended unasked, did not answer, or was misunderstood.</summary>
public sealed class EmulatorException : Exception
{
    /// <summary>An error without a name of its own on the wire.</summary>
    public EmulatorException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>An error that the core itself reported (native-interop/ports/qemu/PROTOCOL.md).</summary>
    public EmulatorException(string statusName, string text)
        : base($"{statusName}: {text}") => StatusName = statusName;

    /// <summary>The core's name for the error, such as <c>FRAME_TORN</c>; null when it was not the core that found it.</summary>
    public string? StatusName { get; }
}
