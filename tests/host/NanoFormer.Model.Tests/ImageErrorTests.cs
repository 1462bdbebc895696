using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

/// <summary>Every rule of MODEL-IMAGE.md, broken alone, is refused by its error, and every limit may be reached; the native tests read the same images.</summary>
public sealed class ImageErrorTests
{
    // Operators of the sample model.
    private const int Attention = 4;
    private const int Softmax = 8;

    private static readonly DamagedImage[] Broken = [.. BrokenRules.All(), .. BrokenStepRules.All(), .. BrokenPacked.All(), .. Limits.All()];

    private readonly byte[] _image = ImageWriter.Write(SampleModel.Create());

    public static TheoryData<string> Names => [.. Broken.Select(image => image.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_rule_has_its_error(string name)
    {
        DamagedImage image = Broken.Single(image => image.Name == name);
        var refused = Record.Exception(() => ImageReader.Read(image.Bytes));
        Assert.Equal(image.Expected, (refused as ModelImageException)?.Error);
    }

    [Fact]
    public void A_depthwise_kernel_of_more_than_32768_samples()
    {
        ImageReader.Read(ImageWriter.Write(OneDepthwiseConv1d(kernel: 32768)));
        var exception = Assert.Throws<ModelImageException>(() => ImageWriter.Write(OneDepthwiseConv1d(kernel: 32769)));
        Assert.Equal(ModelImageError.BadOperator, exception.Error);
    }

    [Fact]
    public void Nothing_else_is_wrong_with_them()
    {
        ImageReader.Read(ImageWriter.Write(SampleModel.Create()));
        ImageReader.Read(ImageWriter.Write(BenchmarkModels.HarTinyCausal.Graph, PlanOptions.Smallest));
    }

    // The engine, which cannot compute one, takes any table that falls.
    [Theory]
    [InlineData(Attention, 400, 12345)]
    [InlineData(Softmax, 4, int.MaxValue)]
    public void A_table_must_go_with_its_scale(int step, int offset, int value)
    {
        var image = new ImageEdit(_image);
        Refuses(ModelImageError.BadTable, image.Write32(image.ConstantOf(step, 12) + offset, value));
    }

    [Fact]
    public void A_softmax_scale_too_small_for_its_arithmetic()
    {
        var image = new ImageEdit(_image);
        int record = image.Tensor(image.Read16(image.Operator(Softmax) + 12));
        Refuses(ModelImageError.BadTable, image.Write32(record + 20, -26).Write32(record + 16, (1 << 30) - 1));
    }

    [Fact]
    public void Error_names_are_those_of_the_engine()
    {
        _image[200] ^= 1;
        var exception = Assert.Throws<ModelImageException>(() => ImageReader.Read(_image));
        Assert.Equal("BAD_CHECKSUM", exception.StatusName);
        Assert.StartsWith("BAD_CHECKSUM: ", exception.Message, StringComparison.Ordinal);
    }

    private static void Refuses(ModelImageError expected, ImageEdit image) =>
        Assert.Equal(expected, Assert.Throws<ModelImageException>(() => ImageReader.Read(image.Sealed())).Error);

    private static Graph OneDepthwiseConv1d(int kernel)
    {
        var unit = new Quantization(1, 0);
        var builder = new GraphBuilder("depthwise", new InputSpecification([new InputChannel("x", "g", 1)], 1, 1, 1000));
        var x = builder.Quantize([0], [1], unit);
        return builder.Build(builder.DepthwiseConv1d(x, new sbyte[kernel], [1], [0], new ConvolutionShape(kernel, 1, 0, 1), unit));
    }
}
