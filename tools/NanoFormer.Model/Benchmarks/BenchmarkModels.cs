namespace NanoFormer.Model;

/// <summary>
/// The fixed benchmark models: random weights of a fixed seed, scales such that activations spread over the int8 range, int8 windows.
/// </summary>
public static class BenchmarkModels
{
    private const int TinyArena = 3072;
    private const int MediumArena = 16_384;

    private static readonly EncoderShape Tiny = new(Samples: 128, Patch: 8, Width: 32, Heads: 4, Hidden: 64, Blocks: 2);
    private static readonly EncoderShape Medium = new(Samples: 512, Patch: 8, Width: 64, Heads: 4, Hidden: 128, Blocks: 4);

    /// <summary>window [128][6], 16 tokens of 32, 2 blocks of 4 heads, feed-forward 64, 6 classes: 319,680 multiplications.</summary>
    public static BenchmarkModel HarTiny { get; } = Encoder("har-t", Tiny, TokenMixing.Full, TinyArena);

    /// <summary>window [512][6], 64 tokens of 64, 4 blocks of 4 heads, feed-forward 128, 6 classes: 10,682,752 multiplications.</summary>
    public static BenchmarkModel HarMedium { get; } = Encoder("har-m", Medium, TokenMixing.Full, MediumArena);

    /// <summary>The tiny model with attention to the 15 tokens before and the token itself; streams one token per step.</summary>
    public static BenchmarkModel HarTinyCausal { get; } = Encoder("har-t-causal", Tiny, TokenMixing.Causal, TinyArena);

    /// <summary>The tiny model with causal linear attention; streams one token per step.</summary>
    public static BenchmarkModel HarTinyLinear { get; } = Encoder("har-t-linear", Tiny, TokenMixing.Linear, TinyArena);

    /// <summary>A small model with every operator.</summary>
    public static BenchmarkModel Everything { get; } = new("everything", EverythingModel.Create(), new PlanOptions());

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkModel> All { get; } = [HarTiny, HarMedium, HarTinyCausal, HarTinyLinear, Everything];

    private static BenchmarkModel Encoder(string name, EncoderShape shape, TokenMixing mixing, int arena) =>
        new(name, BenchmarkEncoder.Create(name, shape, mixing), new PlanOptions { ArenaBudget = arena });
}

/// <summary>A model whose cost is compared from version to version and from core to core.</summary>
/// <param name="Name">Such as <c>har-t</c>.</param>
/// <param name="Graph">The model, with test vectors.</param>
/// <param name="Options">How its arena is planned.</param>
public sealed record BenchmarkModel(string Name, Graph Graph, PlanOptions Options)
{
    /// <summary>The image; the same bytes every time.</summary>
    public byte[] CreateImage() => ImageWriter.Write(Graph, Options);
}
