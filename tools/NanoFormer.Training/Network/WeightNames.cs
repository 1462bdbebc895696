using System.Diagnostics.CodeAnalysis;
using static System.FormattableString;

namespace NanoFormer.Training.Network;

/// <summary>Names of float weights in a file: those of the first network of an ensemble are its own, the others' begin with their number.</summary>
internal static class WeightNames
{
    /// <summary>The weights of all networks.</summary>
    public static IReadOnlyDictionary<string, WeightTensor> OfAll(IReadOnlyList<IReadOnlyDictionary<string, WeightTensor>> networks) =>
        networks.SelectMany((weights, place) => weights.Select(pair => (Name: PrefixOf(place) + pair.Key, pair.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value);

    /// <summary>The weights for one network; where there are none of its own, those of the first.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static IReadOnlyDictionary<string, WeightTensor>? OfMember(IReadOnlyDictionary<string, WeightTensor>? weights, int place)
    {
        string prefix = PrefixOf(place);
        var own = weights?.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
        return own?.Count > 0 ? own : weights;
    }

    private static string PrefixOf(int place) => place == 0 ? "" : Invariant($"network{place + 1}.");
}
