using System.Runtime.InteropServices;

namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>A tensor of a file; type 9 is int8, type 2 int32.</summary>
internal sealed record TfliteFileTensor(int[] Shape, sbyte Type, float[] Scales, long[] ZeroPoints, int Dimension, byte[] Data)
{
    public int Count => Shape.Aggregate(1, (count, size) => count * size);

    public float Scale => Scales[0];

    public int ZeroPoint => (int)ZeroPoints[0];

    public int[] Values => Type == 9
        ? Array.ConvertAll(MemoryMarshal.Cast<byte, sbyte>(Data).ToArray(), value => (int)value)
        : MemoryMarshal.Cast<byte, int>(Data).ToArray();

    public static TfliteFileTensor Read(FlatBufferTable table, FlatBufferTable[] buffers)
    {
        FlatBufferTable? quantization = table.Child(4);
        return new TfliteFileTensor(
            table.Values<int>(0), table.Byte(1), quantization?.Values<float>(2) ?? [], quantization?.Values<long>(3) ?? [],
            quantization?.Int(6) ?? 0, buffers[table.Int(2)].Values<byte>(0));
    }
}
