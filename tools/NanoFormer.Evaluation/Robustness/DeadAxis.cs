using NanoFormer.Data;

namespace NanoFormer.Evaluation.Robustness;

/// <summary>One channel reads 0 all the time.</summary>
/// <param name="Channel">Its index.</param>
/// <param name="ChannelName">Its name.</param>
public sealed record DeadAxis(int Channel, string ChannelName) : Perturbation("dead axis", ChannelName)
{
    /// <inheritdoc/>
    protected override Action<double[]> Change(WindowSet windows)
    {
        int width = windows.Channels.Count;
        return window =>
        {
            for (int i = Channel; i < window.Length; i += width)
            {
                window[i] = 0;
            }
        };
    }
}
