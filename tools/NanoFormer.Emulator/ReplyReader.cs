using System.Buffers.Binary;
using System.Text;

namespace NanoFormer.Emulator;

/// <summary>Reads the fields of an answer's payload in order.</summary>
public ref struct ReplyReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>A little-endian 32-bit integer.</summary>
    /// <exception cref="EmulatorException">The payload has ended.</exception>
    public int ReadInt32()
    {
        return BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
    }

    /// <summary>UTF-8 characters up to a zero byte.</summary>
    /// <exception cref="EmulatorException">The payload has ended.</exception>
    public string ReadText()
    {
        int length = _rest.IndexOf((byte)0);
        if (length < 0)
        {
            throw TooShort();
        }

        string text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[(length + 1)..];
        return text;
    }

    /// <summary>This many texts.</summary>
    /// <exception cref="EmulatorException">The payload has ended.</exception>
    public string[] ReadTexts(int count)
    {
        string[] texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = ReadText();
        }

        return texts;
    }

    /// <summary>Exactly this many bytes.</summary>
    /// <exception cref="EmulatorException">The payload has ended.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw TooShort();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static EmulatorException TooShort() => new("The core's answer is shorter than the protocol says.");
}
