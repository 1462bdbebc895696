using System.Buffers.Binary;
using System.IO.Hashing;

namespace NanoFormer.Model.Tests;

/// <summary>One image for each rule that breaks it, and nothing else.</summary>
public sealed class ImageErrorTests
{
    private const int ChannelsOffset = 52;
    private const int LabelsOffset = 56;
    private const int TensorsOffset = 60;
    private const int OperatorsOffset = 64;
    private const int OutputTensor = 88;

    // Operators of the sample model, in order.
    private const int Quantize = 0;
    private const int Conv1d = 1;
    private const int DepthwiseConv1d = 2;
    private const int AddConstant = 3;
    private const int Attention = 4;
    private const int Mean = 6;
    private const int Linear = 7;
    private const int Softmax = 8;

    private readonly byte[] _image = ImageWriter.Write(SampleModel.Create());

    [Theory]
    [InlineData(0, 1, ModelImageError.BadMagic)]
    [InlineData(4, 1, ModelImageError.UnsupportedVersion)]
    [InlineData(4, 3, ModelImageError.UnsupportedVersion)]
    [InlineData(8, 24, ModelImageError.BadHeader)]
    [InlineData(8, 112, ModelImageError.BadHeader)]
    [InlineData(8, (16 << 20) + 16, ModelImageError.BadHeader)]
    [InlineData(8, 16 << 20, ModelImageError.Truncated)]
    [InlineData(12, 0, ModelImageError.BadChecksum)]
    public void Envelope(int offset, int value, ModelImageError expected)
    {
        Write32(offset, value);
        Refuses(expected);
    }

    [Theory]
    [InlineData(6, 127)]
    [InlineData(16, 0)]
    [InlineData(18, 0x2020)]
    [InlineData(18, 0x4100)]
    [InlineData(18, 0x0A41)]
    [InlineData(18, 0x2F41)] // a slash
    [InlineData(18, 0x5C41)] // a backslash
    [InlineData(16, 0x412E)] // a dot at the beginning
    [InlineData(48, 24)]
    [InlineData(50, 0x0011)]
    [InlineData(52, 0)]
    [InlineData(56, 0x7FF0)]
    [InlineData(60, 129)]
    [InlineData(66, 0xFFFF)]
    [InlineData(68, 0)]
    [InlineData(72, 0)]
    [InlineData(72, 65)]
    [InlineData(74, 2)]
    [InlineData(74, 257)]
    [InlineData(76, 1)]
    [InlineData(76, 257)]
    [InlineData(78, 0)]
    [InlineData(78, 129)]
    [InlineData(80, 0)]
    [InlineData(80, 3)]
    [InlineData(80, 65)]
    [InlineData(82, 0)]
    [InlineData(82, 8193)]
    [InlineData(84, 0)]
    [InlineData(84, 9)]
    [InlineData(86, 255)]
    [InlineData(88, 255)]
    [InlineData(90, 1001)]
    [InlineData(94, 0xFFFF)]
    [InlineData(96, 4)]
    [InlineData(98, 128)]
    [InlineData(98, -129)]
    [InlineData(100, 16)]
    [InlineData(104, 1)]
    [InlineData(106, 1)]
    [InlineData(108, 1)]
    [InlineData(112, 16)]
    [InlineData(116, 16)]
    [InlineData(120, 1)]
    public void Header_fields(int offset, int value)
    {
        Write16(offset, value);
        Seal();
        Refuses(ModelImageError.BadHeader);
    }

    [Theory]
    [InlineData(0, 0x7F)]
    [InlineData(15, 'x')]
    [InlineData(23, 'x')]
    [InlineData(27, 0x80)]
    [InlineData(28, 32)]
    public void Channels(int offset, int value)
    {
        _image[Read32(ChannelsOffset) + offset] = (byte)value;
        Seal();
        Refuses(ModelImageError.BadHeader);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(23, 'x')]
    public void Labels(int offset, int value)
    {
        _image[Read32(LabelsOffset) + offset] = (byte)value;
        Seal();
        Refuses(ModelImageError.BadHeader);
    }

    [Theory]
    [InlineData(0, 0, 16)]
    [InlineData(0, 8, 9)]
    [InlineData(0, 10, 3)]
    [InlineData(0, 12, 1)]
    [InlineData(0, 13, 1)]
    [InlineData(0, 13, 3)]
    [InlineData(0, 14, 1)]
    [InlineData(1, 4, 1)]
    [InlineData(1, 8, 0)]
    [InlineData(1, 10, 0)]
    [InlineData(1, 12, 3)]
    [InlineData(1, 14, 1)]
    [InlineData(1, 18, 0x8000)]
    [InlineData(1, 20, 32)]
    [InlineData(1, 24, 1)]
    [InlineData(2, 14, 128)]
    public void Tensors(int tensor, int offset, int value)
    {
        int record = Read32(TensorsOffset) + 32 * tensor;
        if (offset is 12 or 13)
        {
            _image[record + offset] = (byte)value;
        }
        else
        {
            Write16(record + offset, value);
        }

        Seal();
        Refuses(ModelImageError.BadTensor);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(2, 0x10)]
    [InlineData(2, 0xFFFF)]
    public void Places_in_the_arena(int offset, int value)
    {
        Write16(TensorRecord(Read16(OperatorRecord(Quantize) + 6)) + offset, value);
        Seal();
        Refuses(ModelImageError.BadPlan);
    }

    [Fact]
    public void The_output_must_be_an_activation_of_one_row()
    {
        Write16(OutputTensor, 2);
        Seal();
        Refuses(ModelImageError.BadTensor);
    }

    [Theory]
    [InlineData(Quantize, 2, 2)]
    [InlineData(Quantize, 4, 0)]
    [InlineData(Quantize, 8, 0)]
    [InlineData(Quantize, 10, 255)]
    [InlineData(Quantize, 16, 16)]
    [InlineData(Quantize, 32, 1)]
    [InlineData(Quantize, 36, 0)]
    [InlineData(Quantize, 36, 2)]
    [InlineData(Quantize, 40, 1)]
    [InlineData(Quantize, 1, 2)]
    [InlineData(Quantize, 24, 1)]
    [InlineData(Quantize, 26, 1)]
    [InlineData(Quantize, 28, 1)]
    [InlineData(Conv1d, 14, 1)]
    [InlineData(Conv1d, 32, 0)]
    [InlineData(Conv1d, 32, 2)]
    [InlineData(Conv1d, 36, 0)]
    [InlineData(Conv1d, 36, 2)]
    [InlineData(Conv1d, 40, 3)]
    [InlineData(Conv1d, 44, 0x7F)]
    [InlineData(Conv1d, 52, 1)]
    [InlineData(DepthwiseConv1d, 2, 2)]
    [InlineData(DepthwiseConv1d, 14, 1)]
    [InlineData(DepthwiseConv1d, 32, 0)]
    [InlineData(DepthwiseConv1d, 32, 2)]
    [InlineData(DepthwiseConv1d, 36, 0)]
    [InlineData(DepthwiseConv1d, 36, 2)]
    [InlineData(DepthwiseConv1d, 40, 3)]
    [InlineData(DepthwiseConv1d, 44, 0x7F)]
    [InlineData(DepthwiseConv1d, 52, 1)]
    [InlineData(AddConstant, 4, 0xFFFF)]
    [InlineData(AddConstant, 4, 0)]
    [InlineData(AddConstant, 38, 31)]
    [InlineData(Attention, 16, 8)]
    [InlineData(Attention, 18, 0xFF)]
    [InlineData(Attention, 20, 63)]
    [InlineData(Attention, 32, 0)]
    [InlineData(Attention, 36, 4)]
    [InlineData(Attention, 40, 128)]
    [InlineData(Attention, 54, 0x8000)]
    [InlineData(Attention, 60, 128)]
    [InlineData(Mean, 36, 31)]
    [InlineData(Attention, 72, 512)]
    [InlineData(Attention, 76, 512)]
    [InlineData(Mean, 14, 0)]
    [InlineData(Mean, 40, 1)]
    [InlineData(Linear, 8, 1)]
    [InlineData(Linear, 32, 128)]
    [InlineData(Softmax, 12, 1)]
    public void Operators(int step, int offset, int value)
    {
        if (offset == 1)
        {
            _image[OperatorRecord(step) + offset] = (byte)value;
        }
        else
        {
            Write16(OperatorRecord(step) + offset, value);
        }

        Seal();
        Refuses(ModelImageError.BadOperator);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Unknown_operators(int kind)
    {
        _image[OperatorRecord(Mean)] = (byte)kind;
        Seal();
        Refuses(ModelImageError.UnsupportedOperator);
    }

    [Theory]
    [InlineData(Quantize, 10, 0, (1 << 16) + 1)]
    [InlineData(Quantize, 10, 0, -(1 << 16) - 1)]
    [InlineData(Conv1d, 10, 0, (1 << 30) + 1)]
    [InlineData(DepthwiseConv1d, 10, 0, (1 << 30) + 1)]
    [InlineData(DepthwiseConv1d, 10, 16, -1)]
    [InlineData(DepthwiseConv1d, 10, 32, 31)]
    [InlineData(Linear, 10, 0, (1 << 30) + 1)]
    [InlineData(Linear, 10, 12, -1)]
    [InlineData(Linear, 10, 24, 31)]
    [InlineData(Linear, 10, 24, -32)]
    [InlineData(Softmax, 12, 0, int.MaxValue - 1)]
    [InlineData(Softmax, 12, 4, int.MaxValue)]
    [InlineData(Softmax, 12, 1020, -1)]
    [InlineData(Attention, 12, 400, 12345)]
    public void Constants(int step, int field, int offset, int value)
    {
        Write32(ConstantOf(step, field) + offset, value);
        Seal();
        Refuses(ModelImageError.BadTable);
    }

    [Fact]
    public void A_depthwise_kernel_of_more_than_32768_samples()
    {
        ImageReader.Read(ImageWriter.Write(OneDepthwiseConv1d(kernel: 32768)));
        var exception = Assert.Throws<ModelImageException>(() => ImageWriter.Write(OneDepthwiseConv1d(kernel: 32769)));
        Assert.Equal(ModelImageError.BadOperator, exception.Error);
    }

    [Fact]
    public void A_softmax_scale_too_small_for_its_arithmetic()
    {
        int record = TensorRecord(Read16(OperatorRecord(Softmax) + 12));
        Write32(record + 20, -26);
        Write32(record + 16, (1 << 30) - 1);
        Seal();
        Refuses(ModelImageError.BadTable);
    }

    [Fact]
    public void An_operator_that_reads_what_no_earlier_one_wrote()
    {
        Write16(OperatorRecord(AddConstant) + 2, Read16(OperatorRecord(Attention) + 6));
        Seal();
        Refuses(ModelImageError.BadPlan);
    }

    [Fact]
    public void Two_operators_that_write_one_tensor()
    {
        Write16(OperatorRecord(AddConstant) + 6, Read16(OperatorRecord(Conv1d) + 6));
        Seal();
        Refuses(ModelImageError.BadPlan);
    }

    [Fact]
    public void Error_names_are_those_of_the_engine()
    {
        _image[200] ^= 1;
        var exception = Assert.Throws<ModelImageException>(() => ImageReader.Read(_image));
        Assert.Equal("BAD_CHECKSUM", exception.StatusName);
        Assert.StartsWith("BAD_CHECKSUM: ", exception.Message, StringComparison.Ordinal);
    }

    private static Graph OneDepthwiseConv1d(int kernel)
    {
        var unit = new Quantization(1, 0);
        var builder = new GraphBuilder("depthwise", new InputSpecification([new InputChannel("x", "g", 1)], 1, 1, 1000));
        ActivationTensor x = builder.Quantize([0], [1], unit);
        return builder.Build(builder.DepthwiseConv1d(x, new sbyte[kernel], [1], [0], new ConvolutionShape(kernel, 1, 0, 1), unit));
    }

    private void Refuses(ModelImageError expected) =>
        Assert.Equal(expected, Assert.Throws<ModelImageException>(() => ImageReader.Read(_image)).Error);

    private int OperatorRecord(int step) => Read32(OperatorsOffset) + 80 * step;

    private int TensorRecord(int tensor) => Read32(TensorsOffset) + 32 * tensor;

    private int ConstantOf(int step, int field) => Read32(TensorRecord(Read16(OperatorRecord(step) + field)));

    private void Seal() => Write32(12, (int)Crc32.HashToUInt32(_image.AsSpan(16)));

    private int Read32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_image.AsSpan(offset));

    private int Read16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(offset));

    private void Write32(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(_image.AsSpan(offset), value);

    private void Write16(int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_image.AsSpan(offset), (ushort)value);
}
