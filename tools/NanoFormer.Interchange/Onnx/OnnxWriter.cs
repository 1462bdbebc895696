using Google.Protobuf;

namespace NanoFormer.Interchange.Onnx;

/// <summary>
/// Writes the protocol buffers of the public ONNX definition; the numbers of its fields stand in <see cref="OnnxField"/>.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8;
    private const string Producer = "NanoFormer";

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(OnnxModel model) => Message(output =>
    {
        Int(output, OnnxField.Model.IrVersion, IrVersion);
        Text(output, OnnxField.Model.Producer, Producer);
        Nested(output, OnnxField.Model.Graph, graph => WriteGraph(graph, model));
        Nested(output, OnnxField.Model.OperatorSet, set =>
        {
            Text(set, OnnxField.OperatorSet.Domain, "");
            Int(set, OnnxField.OperatorSet.Version, model.OperatorSet);
        });
        foreach ((string key, string value) in model.Metadata)
        {
            Nested(output, OnnxField.Model.Metadata, entry =>
            {
                Text(entry, OnnxField.Entry.Key, key);
                Text(entry, OnnxField.Entry.Value, value);
            });
        }
    });

    private static void WriteGraph(CodedOutputStream output, OnnxModel model)
    {
        foreach (OnnxNode node in model.Nodes)
        {
            Nested(output, OnnxField.Graph.Node, message => WriteNode(message, node));
        }

        Text(output, OnnxField.Graph.Name, model.Name);
        foreach (OnnxTensor tensor in model.Initializers)
        {
            Nested(output, OnnxField.Graph.Initializer, message => WriteTensor(message, tensor));
        }

        foreach (OnnxValueInfo value in model.Inputs)
        {
            Nested(output, OnnxField.Graph.Input, message => WriteValue(message, value));
        }

        foreach (OnnxValueInfo value in model.Outputs)
        {
            Nested(output, OnnxField.Graph.Output, message => WriteValue(message, value));
        }
    }

    private static void WriteNode(CodedOutputStream output, OnnxNode node)
    {
        foreach (string input in node.Inputs)
        {
            Text(output, OnnxField.Node.Input, input);
        }

        foreach (string result in node.Outputs)
        {
            Text(output, OnnxField.Node.Output, result);
        }

        Text(output, OnnxField.Node.Name, node.Name);
        Text(output, OnnxField.Node.Operator, node.Operator);
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            Nested(output, OnnxField.Node.Attribute, message => WriteAttribute(message, attribute));
        }
    }

    private static void WriteAttribute(CodedOutputStream output, OnnxAttribute attribute)
    {
        Text(output, OnnxField.Attribute.Name, attribute.Name);
        switch (attribute)
        {
            case { Float: { } value }:
                Real(output, OnnxField.Attribute.Float, value);
                Int(output, OnnxField.Attribute.Type, OnnxField.AttributeType.Float);
                break;
            case { Int: { } value }:
                Int(output, OnnxField.Attribute.Int, value);
                Int(output, OnnxField.Attribute.Type, OnnxField.AttributeType.Int);
                break;
            case { Text: { } value }:
                Text(output, OnnxField.Attribute.Text, value);
                Int(output, OnnxField.Attribute.Type, OnnxField.AttributeType.Text);
                break;
            case { Tensor: { } value }:
                Nested(output, OnnxField.Attribute.Tensor, message => WriteTensor(message, value));
                Int(output, OnnxField.Attribute.Type, OnnxField.AttributeType.Tensor);
                break;
            case { Floats: { } values }:
                values.ToList().ForEach(value => Real(output, OnnxField.Attribute.Floats, value));
                Int(output, OnnxField.Attribute.Type, OnnxField.AttributeType.Floats);
                break;
            case { Ints: { } values }:
                values.ToList().ForEach(value => Int(output, OnnxField.Attribute.Ints, value));
                Int(output, OnnxField.Attribute.Type, OnnxField.AttributeType.Ints);
                break;
        }
    }

    private static void WriteTensor(CodedOutputStream output, OnnxTensor tensor)
    {
        foreach (long dimension in tensor.Dimensions)
        {
            Int(output, OnnxField.Tensor.Dimension, dimension);
        }

        Int(output, OnnxField.Tensor.Type, (long)tensor.Type);
        Text(output, OnnxField.Tensor.Name, tensor.Name);
        output.WriteTag(OnnxField.Tensor.Raw, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(tensor.Data));
    }

    private static void WriteValue(CodedOutputStream output, OnnxValueInfo value)
    {
        Text(output, OnnxField.Value.Name, value.Name);
        Nested(output, OnnxField.Value.Type, type => Nested(type, OnnxField.Type.Tensor, tensor =>
        {
            Int(tensor, OnnxField.TensorType.Element, (long)value.Type);
            Nested(tensor, OnnxField.TensorType.Shape, shape =>
            {
                foreach (long? dimension in value.Dimensions)
                {
                    Nested(shape, OnnxField.Shape.Dimension, message => WriteDimension(message, dimension));
                }
            });
        }));
    }

    private static void WriteDimension(CodedOutputStream output, long? dimension)
    {
        if (dimension is { } size)
        {
            Int(output, OnnxField.Dimension.Size, size);
            return;
        }

        Text(output, OnnxField.Dimension.Symbol, "batch");
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    private static void Int(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Real(CodedOutputStream output, int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    private static void Text(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }
}
