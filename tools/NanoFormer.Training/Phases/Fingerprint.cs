using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Phases;

/// <summary>Tells one training from another.</summary>
internal static class Fingerprint
{
    /// <summary>A number, in hexadecimal, that changes with configuration, training windows and seed.</summary>
    public static string Of(TrainingConfig config, TrainingData data, int seed)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed} {config.ToJson()}")));
        hash.Append(MemoryMarshal.AsBytes(data.Train.Samples.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(data.Train.Labels.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
