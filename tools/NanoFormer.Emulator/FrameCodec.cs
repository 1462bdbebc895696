using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Emulator;

/// <summary>Frames as bytes on the wire: header, payload, CRC-32, byte-stuffed between two zero bytes (PROTOCOL.md).</summary>
public static class FrameCodec
{
    /// <summary>The byte between frames.</summary>
    public const byte Delimiter = 0;

    private const int HeaderBytes = 4;
    private const int CrcBytes = 4;
    private const int MaxBlock = 254;

    /// <summary>The frame with both its delimiters.</summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="CoreFrame.MaxPayload"/>.</exception>
    public static byte[] Encode(byte kind, byte sequence, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > CoreFrame.MaxPayload)
        {
            throw new ArgumentException($"A payload holds at most {CoreFrame.MaxPayload} bytes, not {payload.Length}.", nameof(payload));
        }

        int covered = HeaderBytes + payload.Length;
        byte[] frame = new byte[covered + CrcBytes];
        frame[0] = kind;
        frame[1] = sequence;
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(covered), Crc32.HashToUInt32(frame.AsSpan(0, covered)));
        return Stuff(frame);
    }

    /// <summary>The frame in the bytes between two delimiters; null when they are damaged.</summary>
    public static CoreFrame? Decode(ReadOnlySpan<byte> stuffed)
    {
        byte[]? frame = Unstuff(stuffed);
        if (frame is null || frame.Length < HeaderBytes + CrcBytes)
        {
            return null;
        }

        int covered = frame.Length - CrcBytes;
        bool intact = BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2)) == covered - HeaderBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(covered)) == Crc32.HashToUInt32(frame.AsSpan(0, covered));
        return intact ? new CoreFrame(frame[0], frame[1], frame[HeaderBytes..covered]) : null;
    }

    /// <summary>Consistent overhead byte stuffing of any bytes, between two delimiters.</summary>
    public static byte[] Stuff(ReadOnlySpan<byte> bytes)
    {
        byte[] stuffed = new byte[bytes.Length + bytes.Length / MaxBlock + 3];
        int codeAt = 1;
        int next = 2;
        foreach (byte value in bytes)
        {
            if (value != 0)
            {
                stuffed[next++] = value;
            }

            if (value == 0 || next - codeAt > MaxBlock)
            {
                stuffed[codeAt] = (byte)(next - codeAt);
                codeAt = next++;
            }
        }

        stuffed[codeAt] = (byte)(next - codeAt);
        stuffed[next++] = Delimiter;
        return stuffed[..next];
    }

    private static byte[]? Unstuff(ReadOnlySpan<byte> stuffed)
    {
        byte[] bytes = new byte[stuffed.Length];
        int count = 0;
        while (!stuffed.IsEmpty)
        {
            int code = stuffed[0];
            if (code > stuffed.Length)
            {
                return null;
            }

            stuffed[1..code].CopyTo(bytes.AsSpan(count));
            stuffed = stuffed[code..];
            count += code - 1;
            if (code <= MaxBlock && !stuffed.IsEmpty)
            {
                bytes[count++] = 0;
            }
        }

        return bytes[..count];
    }
}

/// <summary>One frame of the core's protocol (native-interop/ports/qemu/PROTOCOL.md).</summary>
/// <param name="Kind">Request number; an answer has bit 7 set.</param>
/// <param name="Sequence">1 to 255 from the PC, repeated in the answer; 0 in answers to damaged frames.</param>
/// <param name="Payload">At most <see cref="MaxPayload"/> bytes.</param>
public sealed record CoreFrame(byte Kind, byte Sequence, byte[] Payload)
{
    /// <summary>Largest payload in bytes.</summary>
    public const int MaxPayload = 16384;
}
