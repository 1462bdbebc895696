using System.Runtime.InteropServices;

namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>A .tflite file taken apart by field numbers of the public schema.</summary>
internal sealed class TfliteFile
{
    public TfliteFile(byte[] bytes)
    {
        var root = FlatBufferTable.Root(bytes);
        Version = root.Int(0);
        var codes = root.Children(1);
        var buffers = root.Children(4);
        var subgraph = Assert.Single(root.Children(2));
        Tensors = [.. subgraph.Children(0).Select(table => TfliteFileTensor.Read(table, buffers))];
        Inputs = subgraph.Values<int>(1);
        Output = Assert.Single(subgraph.Values<int>(2));
        Operators = [.. subgraph.Children(3).Select(table => new TfliteFileOperator(
            codes[table.Int(0)].Int(3), table.Values<int>(1), Assert.Single(table.Values<int>(2)), (byte)table.Byte(3), table.Child(4)!))];
        Metadata = root.Children(6).ToDictionary(
            entry => entry.Text(0), entry => System.Text.Encoding.UTF8.GetString(buffers[entry.Int(1)].Values<byte>(0)));
        IsAligned = buffers.Where(buffer => buffer.Values<byte>(0).Length > 0).All(buffer => buffer.VectorStart(0) % 16 == 0);
        HasEmptyFirstBuffer = buffers[0].Values<byte>(0).Length == 0;
        CodesAgree = codes.All(code => code.Byte(0) == code.Int(3));
    }

    public int Version { get; }

    public TfliteFileTensor[] Tensors { get; }

    public int[] Inputs { get; }

    public int Output { get; }

    public TfliteFileOperator[] Operators { get; }

    public Dictionary<string, string> Metadata { get; }

    public bool IsAligned { get; }

    public bool HasEmptyFirstBuffer { get; }

    public bool CodesAgree { get; }
}

/// <summary>An operator of a file; the code is the number of the builtin operator.</summary>
internal sealed record TfliteFileOperator(int Code, int[] Inputs, int Output, byte OptionsType, FlatBufferTable Options);

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
        var quantization = table.Child(4);
        return new TfliteFileTensor(
            table.Values<int>(0), table.Byte(1), quantization?.Values<float>(2) ?? [], quantization?.Values<long>(3) ?? [],
            quantization?.Int(6) ?? 0, buffers[table.Int(2)].Values<byte>(0));
    }
}
