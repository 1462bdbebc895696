using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NanoFormer.Interchange.Tests.Onnx;

/// <summary>Files that were imported wrongly, refused wrongly, or that took minutes and gigabytes.</summary>
public sealed class OnnxCaseTests
{
    private const long Memory = 500_000_000;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Onnx", "Cases");

    [Theory]
    [InlineData("base")]
    [InlineData("mha_pre")]
    [InlineData("pre_clamp10")]
    [InlineData("pre_tanh_raw")]
    [InlineData("at_einops")]
    [InlineData("at_sdpa_causal")]
    [InlineData("split_sensors")]
    [InlineData("patch_front")]
    [InlineData("cf_bn_conv", true)]
    [InlineData("causal_pad")]
    [InlineData("embed_pe")]
    public void A_graph_is_computed_as_ONNX_Runtime_computes_it(string name, bool isChannelsFirst = false)
    {
        string path = Path.Combine(Folder, name + ".onnx");

        EncoderConformanceTests.RequireSame(OnnxImporter.ImportFile(path, name), File.ReadAllBytes(path), isChannelsFirst);
    }

    [Fact]
    public void Weights_in_a_file_beside_the_model_are_read()
    {
        var network = OnnxImporter.ImportFile(Path.Combine(Folder, "external", "mha_pre.onnx"), "mha_pre");

        EncoderConformanceTests.RequireSame(network, File.ReadAllBytes(Path.Combine(Folder, "mha_pre.onnx")));
    }

    [Fact]
    public void Weights_in_a_file_that_is_not_there_are_named()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "external", "mha_pre.onnx"));

        Assert.Contains("mha_pre.onnx.data", Refusal(file, InterchangeError.BadTensor), StringComparison.Ordinal);
        Assert.Contains("copy it there", Refusal(file, InterchangeError.BadTensor, Path.GetTempPath()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../mha_pre.onnx.data")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/weights")]
    [InlineData("..")]
    [InlineData("")]
    public void Data_is_read_beside_the_file_only(string location)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Folder, "external", "mha_pre.onnx")));
        foreach (var entry in model.Graph.Initializer.SelectMany(tensor => tensor.ExternalData).Where(entry => entry.Key == "location"))
        {
            entry.Value = location;
        }

        string message = Refusal(model.ToByteArray(), InterchangeError.BadTensor, Path.Combine(Folder, "external"));
        Assert.Contains("one beside the model's", message, StringComparison.Ordinal);
    }

    /// <summary>Weights of 16 bits are exact; ONNX Runtime rounds what is between them to 16 bits too, the network does not.</summary>
    [Fact]
    public void A_graph_of_float16_is_computed_in_float32()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Folder, "fp16.onnx")));
        var network = OnnxImporter.ImportFile(Path.Combine(Folder, "fp16.onnx"), "fp16");
        foreach (var tensor in model.Graph.Initializer)
        {
            float[] values = [.. tensor.Doubles().Select(value => (float)value)];
            tensor.DataType = DataType.Float;
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
            tensor.Int32Data.Clear();
        }

        foreach (var value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Type.TensorType.ElemType = DataType.Float;
        }

        EncoderConformanceTests.RequireSame(network, model.ToByteArray());
    }

    [Theory]
    [InlineData("cast_int", InterchangeError.NodeNotSupported, "whole numbers")]
    [InlineData("nan_weight", InterchangeError.BadTensor, "NaN")]
    [InlineData("conv_stride0", InterchangeError.NodeNotSupported, "stride 0")]
    [InlineData("input_huge", InterchangeError.TooLarge, "smaller")]
    [InlineData("input_huge2", InterchangeError.TooLarge, "smaller")]
    [InlineData("constofshape_1e9", InterchangeError.TooLarge, "smaller")]
    public void A_file_that_cannot_be_right_is_refused_at_once(string name, InterchangeError error, string message)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, name + ".onnx"));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(message, Refusal(file, error), StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Memory);
    }

    /// <summary>Two bytes for a node: a small file of very many.</summary>
    [Theory]
    [InlineData(0x0A)]
    [InlineData(0x5A)]
    public void A_file_of_empty_messages_is_refused(byte tag)
    {
        byte[] graph = [.. Enumerable.Repeat(new byte[] { tag, 0 }, 3_000_000).SelectMany(pair => pair)];
        byte[] file = [0x3A, .. Varint(graph.Length), .. graph, 0x42, 2, 0x10, 17];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refusal(file, InterchangeError.TooLarge);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Memory);

        static byte[] Varint(int value) =>
            [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)((value >> 14) | 0x80), (byte)(value >> 21)];
    }

    [Fact]
    public void Functions_that_call_themselves_are_refused()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Folder, "base.onnx")));
        var function = new FunctionProto { Name = "f", Domain = "d" };
        function.Node.Add(new NodeProto { OpType = "f", Domain = "d" });
        function.Node.Add(new NodeProto { OpType = "f", Domain = "d" });
        model.Functions.Add(function);
        model.Graph.Node.Insert(0, new NodeProto { OpType = "f", Domain = "d" });

        Assert.Contains("calls itself", Refusal(model.ToByteArray(), InterchangeError.BadFile), StringComparison.Ordinal);
    }

    /// <summary>Damaged files: bytes changed, left out and doubled. Each is imported or refused by name.</summary>
    [Theory]
    [InlineData("base", 1)]
    [InlineData("mha_pre", 2)]
    [InlineData("fp16", 3)]
    [InlineData("conv_stride0", 4)]
    public void A_damaged_file_ends_in_a_network_or_a_named_error(string name, int seed)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, name + ".onnx"));
        var random = new Random(seed);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            List<byte> damaged = [.. file];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(damaged.Count);
                switch (random.Next(3))
                {
                    case 0:
                        damaged[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        damaged.RemoveRange(at, Math.Min(random.Next(9), damaged.Count - at));
                        break;
                    default:
                        damaged.Insert(at, damaged[random.Next(damaged.Count)]);
                        break;
                }
            }

            try
            {
                OnnxImporter.Import([.. damaged], name);
            }
            catch (InterchangeException)
            {
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Memory);
            before = GC.GetAllocatedBytesForCurrentThread();
        }
    }

    private static string Refusal(byte[] file, InterchangeError error, string? folder = null)
    {
        var fault = Assert.Throws<InterchangeException>(() => OnnxImporter.Import(file, "refused", folder));
        Assert.Equal(error, fault.Error);
        return fault.Message;
    }
}
