namespace NanoFormer.Interchange.Tests.Tflite;

/// <summary>A .tflite file taken apart by field numbers of the public schema.</summary>
internal sealed class TfliteFile
{
    public TfliteFile(byte[] bytes)
    {
        FlatBufferTable root = FlatBufferTable.Root(bytes);
        Version = root.Int(0);
        FlatBufferTable[] codes = root.Children(1);
        FlatBufferTable[] buffers = root.Children(4);
        FlatBufferTable subgraph = Assert.Single(root.Children(2));
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
