using System.Text;
using Google.FlatBuffers;

namespace NanoFormer.Interchange;

/// <summary>
/// Writes a model as a flatbuffer of the public TensorFlow Lite schema, version 3. Slot numbers are the positions of the fields in
/// the schema's tables.
/// </summary>
internal sealed class TfliteWriter
{
    private const uint SchemaVersion = 3;
    private const string Identifier = "TFL3";

    /// <summary>Constants are read in place, as int32 too.</summary>
    private const int DataAlignment = 16;

    private readonly FlatBufferBuilder _builder = new(1 << 16);
    private readonly List<ReadOnlyMemory<byte>> _buffers = [ReadOnlyMemory<byte>.Empty];
    private readonly TfliteModel _model;
    private readonly List<TfliteKind> _codes;

    private TfliteWriter(TfliteModel model)
    {
        _model = model;
        _codes = [.. model.Operators.Select(step => step.Kind).Distinct()];
    }

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(TfliteModel model) => new TfliteWriter(model).Write();

    private byte[] Write()
    {
        int subgraph = Subgraph();
        int metadata = Offsets([.. _model.Metadata.Select(entry => Metadata(entry.Key, entry.Value))]);
        int buffers = Offsets([.. _buffers.Select(Buffer)]);
        int codes = Offsets([.. _codes.Select(OperatorCode)]);
        int subgraphs = Offsets([subgraph]);
        var description = _builder.CreateString(_model.Name);
        _builder.StartTable(8);
        _builder.AddUint(0, SchemaVersion, 0);
        _builder.AddOffset(1, codes, 0);
        _builder.AddOffset(2, subgraphs, 0);
        _builder.AddOffset(3, description.Value, 0);
        _builder.AddOffset(4, buffers, 0);
        _builder.AddOffset(6, metadata, 0);
        _builder.Finish(_builder.EndTable(), Identifier);
        return _builder.SizedByteArray();
    }

    private int Subgraph()
    {
        int tensors = Offsets([.. _model.Tensors.Select(Tensor)]);
        int operators = Offsets([.. _model.Operators.Select(Operator)]);
        int inputs = Ints(_model.Inputs);
        int outputs = Ints([_model.Output]);
        var name = _builder.CreateString("main");
        _builder.StartTable(6);
        _builder.AddOffset(0, tensors, 0);
        _builder.AddOffset(1, inputs, 0);
        _builder.AddOffset(2, outputs, 0);
        _builder.AddOffset(3, operators, 0);
        _builder.AddOffset(4, name.Value, 0);
        return _builder.EndTable();
    }

    private int Tensor(TfliteTensor tensor)
    {
        int quantization = tensor.Quantization is { } known ? Quantization(known) : 0;
        int shape = Ints(tensor.Shape);
        var name = _builder.CreateString(tensor.Name);
        _builder.StartTable(11);
        _builder.AddOffset(0, shape, 0);
        _builder.AddSbyte(1, (sbyte)tensor.Type, 0);
        _builder.AddUint(2, tensor.Data.IsEmpty ? 0 : AddBuffer(tensor.Data), 0);
        _builder.AddOffset(3, name.Value, 0);
        _builder.AddOffset(4, quantization, 0);
        return _builder.EndTable();
    }

    private int Quantization(TfliteQuantization quantization)
    {
        _builder.StartVector(sizeof(float), quantization.Scales.Count, sizeof(float));
        foreach (float scale in quantization.Scales.Reverse())
        {
            _builder.AddFloat(scale);
        }

        int scales = _builder.EndVector().Value;
        _builder.StartVector(sizeof(long), quantization.Scales.Count, sizeof(long));
        for (int i = 0; i < quantization.Scales.Count; i++)
        {
            _builder.AddLong(quantization.ZeroPoint);
        }

        int zeroPoints = _builder.EndVector().Value;
        _builder.StartTable(7);
        _builder.AddOffset(2, scales, 0);
        _builder.AddOffset(3, zeroPoints, 0);
        _builder.AddInt(6, quantization.Dimension, 0);
        return _builder.EndTable();
    }

    private int Operator(TfliteOperator step)
    {
        int inputs = Ints(step.Inputs);
        int outputs = Ints([step.Output]);
        _builder.StartTable(step.Options.FieldCount);
        step.Options.AddFields(_builder);
        int options = _builder.EndTable();
        _builder.StartTable(9);
        _builder.AddUint(0, (uint)_codes.IndexOf(step.Kind), 0);
        _builder.AddOffset(1, inputs, 0);
        _builder.AddOffset(2, outputs, 0);
        _builder.AddByte(3, step.Options.UnionType, 0);
        _builder.AddOffset(4, options, 0);
        return _builder.EndTable();
    }

    /// <summary>The number of an operator is stored in one byte if it fits (all do), and in full next to it.</summary>
    private int OperatorCode(TfliteKind kind)
    {
        _builder.StartTable(4);
        _builder.AddSbyte(0, (sbyte)kind, 0);
        _builder.AddInt(2, VersionOf(kind), 1);
        _builder.AddInt(3, (int)kind, 0);
        return _builder.EndTable();
    }

    /// <summary>The first version of each operator that takes int8.</summary>
    private static int VersionOf(TfliteKind kind) => kind switch
    {
        TfliteKind.Conv2d or TfliteKind.DepthwiseConv2d => 3,
        TfliteKind.Reshape or TfliteKind.Cast => 1,
        TfliteKind.Add or TfliteKind.Concatenation or TfliteKind.Softmax or TfliteKind.Pad or TfliteKind.Gather or TfliteKind.Transpose
            or TfliteKind.Mean or TfliteKind.StridedSlice or TfliteKind.Maximum or TfliteKind.Minimum or TfliteKind.Quantize
            or TfliteKind.BatchMatMul => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Its first version that takes int8 is not known."),
    };

    private int Metadata(string key, string text)
    {
        var name = _builder.CreateString(key);
        uint buffer = AddBuffer(Encoding.UTF8.GetBytes(text));
        _builder.StartTable(2);
        _builder.AddOffset(0, name.Value, 0);
        _builder.AddUint(1, buffer, 0);
        return _builder.EndTable();
    }

    private uint AddBuffer(ReadOnlyMemory<byte> data)
    {
        _buffers.Add(data);
        return (uint)(_buffers.Count - 1);
    }

    private int Buffer(ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
        {
            _builder.StartTable(3);
            return _builder.EndTable();
        }

        _builder.StartVector(1, data.Length, DataAlignment);
        _builder.Add<byte>(data.ToArray());
        int bytes = _builder.EndVector().Value;
        _builder.StartTable(3);
        _builder.AddOffset(0, bytes, 0);
        return _builder.EndTable();
    }

    private int Ints(IReadOnlyList<int> values)
    {
        _builder.StartVector(sizeof(int), values.Count, sizeof(int));
        foreach (int value in values.Reverse())
        {
            _builder.AddInt(value);
        }

        return _builder.EndVector().Value;
    }

    private int Offsets(int[] offsets)
    {
        _builder.StartVector(sizeof(int), offsets.Length, sizeof(int));
        foreach (int offset in offsets.Reverse())
        {
            _builder.AddOffset(offset);
        }

        return _builder.EndVector().Value;
    }
}
