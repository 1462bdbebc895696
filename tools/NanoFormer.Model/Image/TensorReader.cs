using System.Buffers.Binary;

namespace NanoFormer.Model;

/// <summary>
/// Reads and validates the tensor records, except places in the arena, which belong to the plan. The header was validated before.
/// </summary>
internal static class TensorReader
{
    /// <exception cref="ModelImageException">BAD_TENSOR.</exception>
    public static TensorTable Read(byte[] image, ImageHeader header)
    {
        var tensors = new Tensor[header.TensorCount];
        var regions = new Dictionary<Tensor, ArenaRegion>();
        for (int i = 0; i < tensors.Length; i++)
        {
            ReadOnlySpan<byte> record = image.AsSpan(header.TensorsOffset + i * ImageFormat.TensorBytes, ImageFormat.TensorBytes);
            tensors[i] = ReadTensor(record, image, header, i);
            if (tensors[i] is ActivationTensor or StateTensor)
            {
                regions.Add(tensors[i], new ArenaRegion((int)Math.Min(OffsetOf(record), int.MaxValue), tensors[i].Bytes));
            }
        }

        var window = Input(tensors, header.InputTensor);
        var output = Output(tensors, header.OutputTensor);
        if (!header.HasStep)
        {
            return new TensorTable(tensors, window, output, null, null, regions);
        }

        var stepInput = Input(tensors, header.StepInputTensor);
        Require(stepInput.ElementType == window.ElementType, header.StepInputTensor, "is of another type than the window");
        var stepOutput = Output(tensors, header.StepOutputTensor);
        Require(stepOutput.Columns == output.Columns, header.StepOutputTensor, "is not as wide as the window's output");
        return new TensorTable(tensors, window, output, stepInput, stepOutput, regions);
    }

    private static WindowTensor Input(Tensor[] tensors, int index) =>
        tensors[index] as WindowTensor ?? throw Refused(index, "is an input but not in the caller's window");

    private static ActivationTensor Output(Tensor[] tensors, int index) =>
        tensors[index] is ActivationTensor { Rows: 1 } output
            ? output
            : throw Refused(index, "is an output but not one row in the arena");

    private static Tensor ReadTensor(ReadOnlySpan<byte> record, byte[] image, ImageHeader header, int index)
    {
        int rows = BinaryPrimitives.ReadUInt16LittleEndian(record[ImageField.Tensor.Rows..]);
        int columns = BinaryPrimitives.ReadUInt16LittleEndian(record[ImageField.Tensor.Columns..]);
        int zeroPoint = BinaryPrimitives.ReadInt16LittleEndian(record[ImageField.Tensor.ZeroPoint..]);
        var scale = new FixedMultiplier(
            BinaryPrimitives.ReadInt32LittleEndian(record[ImageField.Tensor.ScaleMantissa..]),
            BinaryPrimitives.ReadInt32LittleEndian(record[ImageField.Tensor.ScaleShift..]));
        var type = (ElementType)record[ImageField.Tensor.ElementBytes];
        var place = (TensorPlace)record[ImageField.Tensor.Place];
        uint offset = OffsetOf(record);
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(record[ImageField.Tensor.Bytes..]);

        Require(rows >= 1 && columns is >= 1 and <= ImageFormat.MaxColumns, index, "has a shape out of range");
        Require(type is ElementType.Int8 or ElementType.Int16 or ElementType.Int32, index, "has elements of an unknown size");
        Require(bytes == (long)rows * columns * (int)type, index, "has another size than its shape");
        Require(zeroPoint is >= sbyte.MinValue and <= sbyte.MaxValue, index, "has a zero point out of range");
        Require(zeroPoint == 0 || type == ElementType.Int8, index, "has a zero point but is not int8");
        Require(scale.Mantissa >= 0, index, "has a negative scale");
        Require(scale.Shift is >= ImageFormat.MinScaleShift and <= ImageFormat.MaxScaleShift, index, "has a scale out of range");
        Require(!record[ImageField.Tensor.Reserved..].ContainsAnyExcept((byte)0), index, "sets reserved bytes");

        switch (place)
        {
            case TensorPlace.Window:
                Require(offset == 0, index, "has an offset into the caller's window");
                Require(type is ElementType.Int16 or ElementType.Int8, index, "lies in the caller's window but is neither int8 nor int16");
                Require(rows == SamplesOf(header, index) && columns == header.ChannelCount, index, "has another shape than the window");
                return new WindowTensor(rows, columns, type, zeroPoint, scale);
            case TensorPlace.Arena:
                Require(type == ElementType.Int8, index, "lies in the arena but is not int8");
                return new ActivationTensor(rows, columns, zeroPoint, scale);
            case TensorPlace.State:
                Require(type is ElementType.Int8 or ElementType.Int32, index, "is a state but neither int8 nor int32");
                Require(rows == 1, index, "is a state of more than one row");
                return new StateTensor(columns, type, zeroPoint, scale);
            case TensorPlace.Constant:
                Require(type is ElementType.Int8 or ElementType.Int32, index, "is a constant but neither int8 nor int32");
                Require(ImageHeader.ContainsRegion(image.Length, offset, bytes), index, "lies outside the image");
                return new ConstantTensor(rows, columns, type, image.AsMemory((int)offset, (int)bytes), zeroPoint, scale);
            default:
                throw Refused(index, "lies in an unknown place");
        }
    }

    /// <summary>Samples of the input tensor that a tensor must be to lie in the caller's window.</summary>
    private static int SamplesOf(ImageHeader header, int index)
    {
        if (index == header.InputTensor)
        {
            return header.WindowSamples;
        }

        Require(header.HasStep && index == header.StepInputTensor, index, "lies in the caller's window but is not an input");
        return header.StepSamples;
    }

    private static uint OffsetOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[ImageField.Tensor.Offset..]);

    private static void Require(bool condition, int index, string fault)
    {
        if (!condition)
        {
            throw Refused(index, fault);
        }
    }

    private static ModelImageException Refused(int index, string fault) => new(ModelImageError.BadTensor, $"tensor {index} {fault}");
}
