using Google.Protobuf;

namespace NanoFormer.Interchange.Onnx;

/// <summary>Reads the part of an ONNX file that networks need; everything else is passed over.</summary>
internal static class OnnxReader
{
    private const string DefaultDomain = "ai.onnx";

    /// <summary>The model of a file.</summary>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.BadFile"/> when the bytes are no ONNX model; <see cref="InterchangeError.BadTensor"/> for tensors that
    /// are
    /// not whole, or lie in other files.
    /// </exception>
    public static OnnxModel Read(byte[] bytes)
    {
        try
        {
            return ReadModel(ByteString.CopyFrom(bytes));
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new InterchangeException(InterchangeError.BadFile, $"This is no ONNX file: {fault.Message}", fault);
        }
    }

    private static OnnxModel ReadModel(ByteString bytes)
    {
        ByteString? graph = null;
        long operatorSet = 0;
        var metadata = new Dictionary<string, string>();
        foreach (WireField field in WireField.Of(bytes))
        {
            switch (field.Number)
            {
                case OnnxField.Model.Graph:
                    graph = field.Bytes;
                    break;
                case OnnxField.Model.OperatorSet:
                    (string domain, long version) = ReadOperatorSet(field.Bytes);
                    operatorSet = domain is "" or DefaultDomain ? version : operatorSet;
                    break;
                case OnnxField.Model.Metadata:
                    string[] texts = [.. WireField.Of(field.Bytes).OrderBy(part => part.Number).Select(part => part.Text)];
                    metadata[texts.FirstOrDefault("")] = texts.Length > 1 ? texts[1] : "";
                    break;
            }
        }

        return graph is null || operatorSet == 0
            ? throw new InterchangeException(InterchangeError.BadFile, "This is no ONNX file: it has no graph, or no operator set.")
            : ReadGraph(graph, operatorSet, metadata);
    }

    private static (string Domain, long Version) ReadOperatorSet(ByteString bytes)
    {
        (string domain, long version) = ("", 0);
        foreach (WireField field in WireField.Of(bytes))
        {
            domain = field.Number == OnnxField.OperatorSet.Domain ? field.Text : domain;
            version = field.Number == OnnxField.OperatorSet.Version ? field.Int : version;
        }

        return (domain, version);
    }

    private static OnnxModel ReadGraph(ByteString bytes, long operatorSet, Dictionary<string, string> metadata)
    {
        ILookup<int, WireField> fields = WireField.Of(bytes).ToLookup(field => field.Number);
        return new OnnxModel
        {
            Name = fields[OnnxField.Graph.Name].Select(field => field.Text).LastOrDefault(""),
            OperatorSet = operatorSet,
            Nodes = [.. fields[OnnxField.Graph.Node].Select(field => ReadNode(field.Bytes))],
            Initializers = [.. fields[OnnxField.Graph.Initializer].Select(field => OnnxTensorReader.Read(field.Bytes))],
            Inputs = [.. fields[OnnxField.Graph.Input].Select(field => ReadValue(field.Bytes))],
            Outputs = [.. fields[OnnxField.Graph.Output].Select(field => ReadValue(field.Bytes))],
            Metadata = metadata,
        };
    }

    private static OnnxNode ReadNode(ByteString bytes)
    {
        ILookup<int, WireField> fields = WireField.Of(bytes).ToLookup(field => field.Number);
        string domain = Text(OnnxField.Node.Domain);
        string kind = Text(OnnxField.Node.Operator);
        string[] outputs = [.. fields[OnnxField.Node.Output].Select(field => field.Text)];
        return new OnnxNode(
            domain is "" or DefaultDomain ? kind : $"{domain}.{kind}",
            Text(OnnxField.Node.Name),
            [.. fields[OnnxField.Node.Input].Select(field => field.Text)],
            outputs.Length > 0 ? outputs : throw new InterchangeException(InterchangeError.BadFile, $"A node {kind} has no output."),
            [.. fields[OnnxField.Node.Attribute].Select(field => ReadAttribute(field.Bytes))]);

        string Text(int number) => fields[number].Select(field => field.Text).LastOrDefault("");
    }

    private static OnnxAttribute ReadAttribute(ByteString bytes)
    {
        var attribute = new OnnxAttribute("");
        var ints = new List<long>();
        var floats = new List<float>();
        foreach (WireField field in WireField.Of(bytes))
        {
            switch (field.Number)
            {
                case OnnxField.Attribute.Name:
                    attribute = attribute with { Name = field.Text };
                    break;
                case OnnxField.Attribute.Float:
                    attribute = attribute with { Float = field.Float };
                    break;
                case OnnxField.Attribute.Int:
                    attribute = attribute with { Int = field.Int };
                    break;
                case OnnxField.Attribute.Text:
                    attribute = attribute with { Text = field.Text };
                    break;
                case OnnxField.Attribute.Tensor:
                    attribute = attribute with { Tensor = OnnxTensorReader.Read(field.Bytes) };
                    break;
                case OnnxField.Attribute.Floats:
                    floats.AddRange(field.Floats);
                    break;
                case OnnxField.Attribute.Ints:
                    ints.AddRange(field.Ints);
                    break;
            }
        }

        return attribute with { Ints = ints.Count > 0 ? ints : null, Floats = floats.Count > 0 ? floats : null };
    }

    private static OnnxValueInfo ReadValue(ByteString bytes)
    {
        string name = "";
        var type = OnnxDataType.Undefined;
        long?[] dimensions = [];
        foreach (WireField field in WireField.Of(bytes))
        {
            if (field.Number == OnnxField.Value.Name)
            {
                name = field.Text;
            }

            if (field.Number == OnnxField.Value.Type)
            {
                WireField tensor = WireField.Of(field.Bytes).FirstOrDefault(part => part.Number == OnnxField.Type.Tensor);
                (type, dimensions) = ReadTensorType(tensor.Bytes ?? ByteString.Empty);
            }
        }

        return new OnnxValueInfo(name, type, dimensions);
    }

    private static (OnnxDataType Type, long?[] Dimensions) ReadTensorType(ByteString bytes)
    {
        var type = OnnxDataType.Undefined;
        long?[] dimensions = [];
        foreach (WireField field in WireField.Of(bytes))
        {
            if (field.Number == OnnxField.TensorType.Element)
            {
                type = (OnnxDataType)field.Int;
            }

            if (field.Number == OnnxField.TensorType.Shape)
            {
                dimensions = [.. WireField.Of(field.Bytes).Where(part => part.Number == OnnxField.Shape.Dimension).Select(ReadDimension)];
            }
        }

        return (type, dimensions);
    }

    private static long? ReadDimension(WireField dimension)
    {
        WireField size = WireField.Of(dimension.Bytes).FirstOrDefault(part => part.Number == OnnxField.Dimension.Size);
        return size.Number == 0 ? null : size.Int;
    }
}
