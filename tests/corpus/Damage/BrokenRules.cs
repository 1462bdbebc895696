using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// One image for each rule of MODEL-IMAGE.md that breaks it, and nothing else: this field, this value, this error. The sample model and the
/// causal benchmark model, which streams and has groups.
/// </summary>
internal static class BrokenRules
{
    // Operators of the sample model, in order.
    private const int Quantize = 0;
    private const int Conv1d = 1;
    private const int DepthwiseConv1d = 2;
    private const int AddConstant = 3;
    private const int Attention = 4;
    private const int Mean = 6;
    private const int Linear = 7;
    private const int Softmax = 8;

    private static readonly byte[] Sample = ImageWriter.Write(SampleModel.Create());

    private static readonly (int Offset, int Value, ModelImageError Error)[] Envelope =
    [
        (0, 1, ModelImageError.BadMagic),
        (4, 1, ModelImageError.UnsupportedVersion),
        (4, 3, ModelImageError.UnsupportedVersion),
        (8, 24, ModelImageError.BadHeader),
        (8, 112, ModelImageError.BadHeader),
        (8, (16 << 20) + 16, ModelImageError.BadHeader),
        (8, 16 << 20, ModelImageError.Truncated),
        (12, 0, ModelImageError.BadChecksum),
    ];

    private static readonly (int Offset, int Value)[] Header =
    [
        (6, 127),
        (16, 0),
        (18, 0x2020),
        (18, 0x4100),
        (18, 0x0A41),
        (18, 0x2F41), // a slash
        (18, 0x5C41), // a backslash
        (16, 0x412E), // a dot at the beginning
        (48, 24),
        (50, 0x0011),
        (52, 0),
        (56, 0x7FF0),
        (60, 129),
        (66, 0xFFFF),
        (68, 0),
        (72, 0),
        (72, 65),
        (74, 2),
        (74, 257),
        (76, 1),
        (76, 257),
        (78, 0),
        (78, 129),
        (80, 0),
        (80, 3),
        (80, 65),
        (82, 0),
        (82, 8193),
        (84, 0),
        (84, 9),
        (86, 255),
        (88, 255),
        (90, 1001),
        (94, 0xFFFF),
        (96, 4),
        (98, 128),
        (98, -129),
        (100, 16),
        (104, 1),
        (106, 1),
        (108, 1),
        (112, 16),
        (116, 16),
        (120, 8),
        (122, 1),
        (124, 0x0100), // reserved
    ];

    private static readonly (int Offset, int Value)[] Channel =
    [
        (0, 0x7F),
        (15, 'x'),
        (23, 'x'),
        (27, 0x80),
        (28, 32),
    ];

    private static readonly (int Offset, int Value)[] Label =
    [
        (0, 0),
        (23, 'x'),
    ];

    private static readonly (int Tensor, int Offset, int Value)[] Tensors =
    [
        (0, 0, 16),
        (0, 8, 9),
        (0, 10, 3),
        (0, 12, 1),
        (0, 13, 1),
        (0, 13, 3),
        (0, 14, 1),
        (1, 4, 1),
        (1, 8, 0),
        (1, 10, 0),
        (1, 12, 3),
        (1, 14, 1),
        (1, 18, 0x8000),
        (1, 20, 32),
        (1, 24, 1),
        (2, 14, 128),
    ];

    private static readonly (int Offset, int Value)[] Places =
    [
        (0, 8),
        (2, 0x10),
        (2, 0xFFFF),
    ];

    private static readonly (int Step, int Offset, int Value)[] Operators =
    [
        (Quantize, 2, 2),
        (Quantize, 4, 0),
        (Quantize, 8, 0),
        (Quantize, 10, 255),
        (Quantize, 16, 16),
        (Quantize, 32, 1),
        (Quantize, 36, 0),
        (Quantize, 36, 2),
        (Quantize, 40, 1),
        (Quantize, 1, 2),
        (Quantize, 24, 1),
        (Quantize, 26, 1),
        (Quantize, 28, 1),
        (Conv1d, 14, 1),
        (Conv1d, 32, 0),
        (Conv1d, 32, 2),
        (Conv1d, 36, 0),
        (Conv1d, 36, 2),
        (Conv1d, 40, 3),
        (Conv1d, 44, 0x7F),
        (Conv1d, 52, 1),
        (DepthwiseConv1d, 2, 2),
        (DepthwiseConv1d, 14, 1),
        (DepthwiseConv1d, 32, 0),
        (DepthwiseConv1d, 32, 2),
        (DepthwiseConv1d, 36, 0),
        (DepthwiseConv1d, 36, 2),
        (DepthwiseConv1d, 40, 3),
        (DepthwiseConv1d, 44, 0x7F),
        (DepthwiseConv1d, 52, 1),
        (AddConstant, 4, 0xFFFF),
        (AddConstant, 4, 0),
        (AddConstant, 38, 31),
        (Attention, 16, 8),
        (Attention, 18, 0xFF),
        (Attention, 20, 63),
        (Attention, 32, 0),
        (Attention, 36, 4),
        (Attention, 40, 128),
        (Attention, 54, 0x8000),
        (Attention, 60, 128),
        (Mean, 36, 31),
        (Attention, 72, 512),
        (Attention, 76, 512),
        (Mean, 14, 0),
        (Mean, 40, 1),
        (Linear, 8, 1),
        (Linear, 32, 128),
        (Softmax, 12, 1),
    ];

    private static readonly (int Step, int Field, int Offset, int Value)[] Constants =
    [
        (Quantize, 10, 0, (1 << 16) + 1),
        (Quantize, 10, 0, -(1 << 16) - 1),
        (Conv1d, 10, 0, (1 << 30) + 1),
        (DepthwiseConv1d, 10, 0, (1 << 30) + 1),
        (DepthwiseConv1d, 10, 16, -1),
        (DepthwiseConv1d, 10, 32, 31),
        (Linear, 10, 0, (1 << 30) + 1),
        (Linear, 10, 12, -1),
        (Linear, 10, 24, 31),
        (Linear, 10, 24, -32),
        (Softmax, 12, 0, int.MaxValue - 1),
        (Softmax, 12, 8, int.MaxValue),
        (Softmax, 12, 1020, -1),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<DamagedImage> All() =>
    [
        .. Envelope.Select(row => new DamagedImage($"envelope {row.Offset}: {row.Value}", Sample, Edit().Write32(row.Offset, row.Value).Bytes, row.Error)),
        .. Header.Select(row => Broken($"header {row.Offset}: {row.Value}", ModelImageError.BadHeader, image => image.Write16(row.Offset, row.Value))),
        .. Channel.Select(row => Broken($"channel {row.Offset}: {row.Value}", ModelImageError.BadHeader,
            image => image.Write8(image.Channels + row.Offset, row.Value))),
        .. Label.Select(row => Broken($"label {row.Offset}: {row.Value}", ModelImageError.BadHeader,
            image => image.Write8(image.Labels + row.Offset, row.Value))),
        .. Tensors.Select(row => Broken($"tensor {row.Tensor}, {row.Offset}: {row.Value}", ModelImageError.BadTensor,
            image => Write(image, image.Tensor(row.Tensor), row.Offset, row.Value, row.Offset is 12 or 13))),
        .. Places.Select(row => Broken($"place {row.Offset}: {row.Value}", ModelImageError.BadPlan,
            image => image.Write16(image.Tensor(image.Read16(image.Operator(Quantize) + 6)) + row.Offset, row.Value))),
        .. Operators.Select(row => Broken($"operator {row.Step}, {row.Offset}: {row.Value}", ModelImageError.BadOperator,
            image => Write(image, image.Operator(row.Step), row.Offset, row.Value, row.Offset == 1))),
        .. Constants.Select(row => Broken($"constants of operator {row.Step}, {row.Field}, {row.Offset}: {row.Value}", ModelImageError.BadTable,
            image => image.Write32(image.ConstantOf(row.Step, row.Field) + row.Offset, row.Value))),
        Broken("an output of several rows", ModelImageError.BadTensor, image => image.Write16(88, 2)),
        Broken("an unknown operator 0", ModelImageError.UnsupportedOperator, image => image.Write8(image.Operator(Mean), 0)),
        Broken("an unknown operator 16", ModelImageError.UnsupportedOperator, image => image.Write8(image.Operator(Mean), 16)),
        Broken("an operator that reads what no earlier one wrote", ModelImageError.BadPlan,
            image => image.Write16(image.Operator(AddConstant) + 2, image.Read16(image.Operator(Attention) + 6))),
        Broken("two operators that write one tensor", ModelImageError.BadPlan,
            image => image.Write16(image.Operator(AddConstant) + 6, image.Read16(image.Operator(Conv1d) + 6))),
    ];

    private static ImageEdit Edit() => new(Sample);

    private static DamagedImage Broken(string name, ModelImageError error, Func<ImageEdit, ImageEdit> change) =>
        new(name, Sample, change(Edit()).Sealed(), error);

    private static ImageEdit Write(ImageEdit image, int record, int offset, int value, bool isByte) =>
        isByte ? image.Write8(record + offset, value) : image.Write16(record + offset, value);
}
