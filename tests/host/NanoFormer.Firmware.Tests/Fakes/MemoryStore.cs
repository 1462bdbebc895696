using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>A store that a test can look into.</summary>
internal sealed class MemoryStore : IStateStore
{
    public byte[]? Bytes { get; set; }

    public int Writes { get; private set; }

    /// <summary>Whether every access fails.</summary>
    public bool IsBroken { get; set; }

    public byte[]? Read() => IsBroken ? throw new IOException() : Bytes;

    public void Write(byte[] bytes)
    {
        Bytes = IsBroken ? throw new IOException() : [.. bytes];
        Writes++;
    }
}
