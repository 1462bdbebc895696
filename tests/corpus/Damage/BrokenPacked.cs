using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>The sample model with a packed section in which one word or value is another.</summary>
internal static class BrokenPacked
{
    private const int Conv1d = 1;
    private const int Mean = 6;
    private const int Operators = 9;
    private const int Weights = 8;
    private const int Bias = 10;
    private const int PairConstants = 32;

    private static readonly byte[] Packed = PackedSection.Append(ImageWriter.Write(SampleModel.Create()));

    private static readonly int Footer = Packed.Length - 16;

    private static readonly int Section = new ImageEdit(Packed).Read32(Footer + 4);

    private static readonly int FirstPair = Section + new ImageEdit(Packed).Read32(Section + 4 * Conv1d);

    // The convolution has 6 inputs: the last two of eight columns are 0.
    private static readonly (string Name, int Offset, int Change)[] Words =
    [
        ("offset", Footer + 4, 16),
        ("offset", Footer + 4, 1),
        ("offset", Footer + 4, 1 << 20),
        ("offset", Footer + 4, int.MinValue),
        ("bytes", Footer + 8, 16),
        ("bytes", Footer + 8, -16),
        ("bytes", Footer + 8, int.MinValue),
        ("reserved", Footer + 12, 1),
        ("place of an operator", Section + 4 * Conv1d, 16),
        ("place of an operator without", Section + 4 * Mean, 16),
        ("behind the last operator", Section + 4 * Operators, 1),
        ("first bias", FirstPair, 2),
        ("second bias", FirstPair + 4, 2),
        ("first multiplier", FirstPair + 8, 1),
        ("first rounding", FirstPair + 12, 1),
        ("first shift", FirstPair + 16, 1),
        ("second multiplier", FirstPair + 20, 1),
        ("second rounding", FirstPair + 24, 1),
        ("second shift", FirstPair + 28, 1),
        ("first weight", FirstPair + PairConstants, 2),
        ("second row", FirstPair + PairConstants + 8, 2 << 16),
        ("last weight", FirstPair + PairConstants + 16, 2),
        ("filled up", FirstPair + PairConstants + 20, 2),
        ("filled up", FirstPair + PairConstants + 28, 2 << 16),
        ("last value of all", Footer - 4, 2),
    ];

    public static IEnumerable<DamagedImage> All() =>
    [
        .. Words.Select(word => Changed($"{word.Name}, {word.Offset - Section} {word.Change}", ModelImageError.BadTable,
            image => image.Write32(word.Offset, unchecked(image.Read32(word.Offset) + word.Change)))),
        Changed("a weight beside it", ModelImageError.BadTable, image => image.Write8(image.ConstantOf(Conv1d, Weights), 1)),
        Changed("a bias beside it", ModelImageError.BadTable, image => image.Write32(image.ConstantOf(Conv1d, Bias), 1)),
        Changed("a shift that is not packed", ModelImageError.BadTable, image => image.Write32(image.ConstantOf(Conv1d, Bias) + 32, 0)),
        Changed("another end: no packed section", null, image => image.Write32(Footer, 0)),
    ];

    private static DamagedImage Changed(string name, ModelImageError? error, Func<ImageEdit, ImageEdit> change) =>
        new($"packed: {name}", Packed, change(new ImageEdit(Packed)).Sealed(), error);
}
