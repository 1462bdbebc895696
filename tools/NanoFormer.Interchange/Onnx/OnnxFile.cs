using Google.Protobuf;

namespace NanoFormer.Interchange;

/// <summary>Reads ONNX files within limits that a hostile file cannot pass. The messages are generated from onnx.proto.</summary>
internal static class OnnxFile
{
    /// <summary>The greatest file, in bytes, its data beside it included: more than the flash of any microcontroller holds.</summary>
    public const int GreatestFile = 32 << 20;

    /// <summary>The greatest file without its weights: two bytes may stand for a message of a hundred.</summary>
    private const int GreatestSkeleton = 4 << 20;

    private const int MessageCost = 32;
    private const string DefaultDomain = "ai.onnx";

    /// <summary>The model of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="folder">Where data outside the file lies; null where none can be read.</param>
    /// <exception cref="InterchangeException">
    /// <see cref="InterchangeError.BadFile"/>: no ONNX model. <see cref="InterchangeError.TooLarge"/>.
    /// <see cref="InterchangeError.BadTensor"/>: data outside the file that is not there.
    /// </exception>
    public static ModelProto Read(byte[] bytes, string? folder)
    {
        try
        {
            RequireSmall(bytes);
            var model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
            if (model.Graph is null || OperatorSet(model) == 0)
            {
                throw new InterchangeException(InterchangeError.BadFile, "This is not an ONNX file: it has no graph, or no operator set.");
            }

            LoadExternalData(model.Graph, folder);
            return model;
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new InterchangeException(InterchangeError.BadFile, $"This is not an ONNX file: {fault.Message}", fault);
        }
    }

    /// <summary>Version of the default operator set; 0 for none.</summary>
    public static long OperatorSet(ModelProto model) =>
        model.OpsetImport.LastOrDefault(set => set.Domain is "" or DefaultDomain)?.Version ?? 0;

    /// <summary>Whether a domain is that of ONNX's own operators.</summary>
    public static bool IsDefault(string domain) => domain is "" or DefaultDomain;

    private static void RequireSmall(byte[] bytes)
    {
        if (bytes.Length > GreatestFile)
        {
            throw TooLarge($"The file has {bytes.Length} bytes, more than {GreatestFile}");
        }

        long skeleton = 0;
        foreach (var (field, part) in Parts(bytes))
        {
            skeleton += field == ModelProto.GraphFieldNumber ? 0 : MessageCost + part.Length;
            foreach (var (inner, content) in field == ModelProto.GraphFieldNumber ? Parts(part) : [])
            {
                skeleton += MessageCost + (inner == GraphProto.InitializerFieldNumber ? 0 : content.Length);
                if (skeleton > GreatestSkeleton)
                {
                    throw TooLarge($"The file has too many nodes: without weights they take more than {GreatestSkeleton} bytes");
                }
            }
        }

        if (skeleton > GreatestSkeleton)
        {
            throw TooLarge($"The file's functions and texts take more than {GreatestSkeleton} bytes");
        }
    }

    private static IEnumerable<(int Field, byte[] Bytes)> Parts(byte[] message)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                yield return (WireFormat.GetTagFieldNumber(tag), input.ReadBytes().ToByteArray());
                continue;
            }

            input.SkipLastField();
        }
    }

    /// <summary>Puts data of files beside the model's into its tensors, as newer exporters of PyTorch write it.</summary>
    private static void LoadExternalData(GraphProto graph, string? folder)
    {
        long total = 0;
        var constants = graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.T is not null).Select(a => a.T);
        foreach (var tensor in graph.Initializer.Concat(constants).Where(tensor => tensor.DataLocation == DataLocation.External))
        {
            string location = Entry(tensor, "location") ?? "";
            bool isBeside = location.Length > 0 && Path.GetFileName(location) == location && location is not ("." or "..");
            if (!isBeside || folder is null)
            {
                throw BadTensor(tensor, $"lies in another file ('{location}'), which must be one beside the model's; "
                    + "keep both in one folder and import from there, or export with the weights inside");
            }

            string path = Path.Combine(folder, location);
            if (!File.Exists(path))
            {
                throw BadTensor(tensor, $"lies in '{location}', which is not beside the model's file; copy it there");
            }

            using var file = File.OpenRead(path);
            long offset = Number(tensor, "offset") ?? 0;
            long length = Number(tensor, "length") ?? file.Length - offset;
            if (offset < 0 || length < 0 || offset > file.Length - length)
            {
                throw BadTensor(tensor, $"wants {length} bytes from {offset} on of '{location}', which has {file.Length}");
            }

            total += length;
            if (total > GreatestFile)
            {
                throw TooLarge($"The data beside the file has more than {GreatestFile} bytes");
            }

            byte[] data = new byte[length];
            file.Position = offset;
            file.ReadExactly(data);
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(data);
            tensor.DataLocation = DataLocation.Inside;
        }
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key) => Entry(tensor, key) is not { } text ? null
        : long.TryParse(text, out long number) ? number : throw BadTensor(tensor, $"has the {key} '{text}', which is not a number");

    private static InterchangeException BadTensor(TensorProto tensor, string why) =>
        new(InterchangeError.BadTensor, $"Tensor '{tensor.Name}' {why}.");

    private static InterchangeException TooLarge(string what) =>
        new(InterchangeError.TooLarge, $"{what}. No microcontroller holds such a network; export a smaller one.");
}
