namespace NanoFormer.Emulator;

/// <summary>One frame of the core's protocol (native-interop/ports/qemu/PROTOCOL.md).</summary>
/// <param name="Kind">Request number; an answer has bit 7 set.</param>
/// <param name="Sequence">1 to 255 from the PC, repeated in the answer; 0 in answers to damaged frames.</param>
/// <param name="Payload">At most <see cref="MaxPayload"/> bytes.</param>
public sealed record CoreFrame(byte Kind, byte Sequence, byte[] Payload)
{
    /// <summary>Largest payload in bytes.</summary>
    public const int MaxPayload = 16384;
}
