using System.Buffers;
using System.Runtime.InteropServices;
using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Writes arrays one after another, each padded with zeros to a multiple of 16 bytes.</summary>
internal sealed class PayloadWriter
{
    private const int Alignment = 16;
    private const int Parameters = 16;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Begins with the parameters of an operator case, padded to 16 of them.</summary>
    public static PayloadWriter WithParameters(params ReadOnlySpan<int> parameters)
    {
        int[] padded = new int[Parameters];
        parameters.CopyTo(padded);
        return new PayloadWriter().Array<int>(padded);
    }

    public PayloadWriter Array<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        _buffer.Write(MemoryMarshal.AsBytes(values));
        int padding = -_buffer.WrittenCount & (Alignment - 1);
        _buffer.Write(stackalloc byte[padding]);
        return this;
    }

    /// <summary>Samples as the engine gets them: int16, or int8 for an int8 window.</summary>
    public PayloadWriter Samples(short[] values, ElementType type) => type == ElementType.Int8
        ? Array<sbyte>(System.Array.ConvertAll(values, value => (sbyte)value))
        : Array<short>(values);

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
