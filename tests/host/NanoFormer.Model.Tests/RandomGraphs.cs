using CsCheck;
using NanoFormer.Corpus;

namespace NanoFormer.Model.Tests;

/// <summary>Generators over random valid graphs.</summary>
internal static class RandomGraphs
{
    public static Gen<int> GenSeed { get; } = Gen.Int[0, int.MaxValue];

    public static Gen<Graph> GenGraph { get; } = GenSeed.Select(RandomGraph.Create);
}
