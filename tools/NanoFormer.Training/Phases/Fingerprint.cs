using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace NanoFormer.Training.Phases;

/// <summary>Tells one training from another.</summary>
internal static class Fingerprint
{
    /// <summary>A number, in hexadecimal, that changes with configuration, training windows, seed and the weights to start from.</summary>
    public static string Of(TrainingConfig config, TrainingData data, int seed, IReadOnlyDictionary<string, WeightTensor>? start)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed} {config.ToJson()}")));
        hash.Append(MemoryMarshal.AsBytes(data.Train.Samples.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(data.Train.Labels.AsSpan()));
        foreach (var (name, weights) in (start ?? new Dictionary<string, WeightTensor>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes(name));
            hash.Append(MemoryMarshal.AsBytes(weights.Values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
