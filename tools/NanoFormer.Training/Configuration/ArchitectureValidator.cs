namespace NanoFormer.Training.Configuration;

/// <summary>Checks the values of an architecture, and how they fit each other and the windows.</summary>
internal static class ArchitectureValidator
{
    public static void Validate(ArchitectureOptions architecture, string field)
    {
        ValidateOne(architecture.Main, field);
        if (architecture.Scorer is not { } scorer)
        {
            return;
        }

        Rules.RequireFit(architecture.Classes, $"{field}.score.encoder", "is for models with classes beside the score");
        Rules.RequireFit(!architecture.Streaming, $"{field}.score", "does not stream");
        Rules.RequireFit(architecture.Score!.Encoder!.Score is null, $"{field}.score.encoder.score", "must be absent");
        ValidateOne(scorer, $"{field}.score.encoder");
    }

    private static void ValidateOne(ArchitectureOptions architecture, string field)
    {
        foreach (var (index, stream) in architecture.Streams.Index())
        {
            Rules.Require(stream.Gains.All(gain => gain is >= 1 and <= 1000),
                FormattableString.Invariant($"{field}.streams[{index}].gains"), "must be numbers from 1 to 1000");
        }

        Rules.RequireFit(architecture.Streams.All(s => s.Convolutions[^1].Channels == architecture.Width),
            $"{field}.streams", "must end with the same number of channels, the width of the encoder");
        Validate(architecture.Attention, $"{field}.attention");
        ValidateCausality(architecture, field);
        ValidateOutputs(architecture, field);
    }

    /// <summary>Checks what depends on the windows.</summary>
    public static void ValidateFor(ArchitectureOptions architecture, int windowSamples, int channels, string field)
    {
        ValidateOneFor(architecture.Main, windowSamples, channels, field);
        if (architecture.Scorer is { } scorer)
        {
            ValidateOneFor(scorer, windowSamples, channels, $"{field}.score.encoder");
        }
    }

    private static void ValidateOneFor(ArchitectureOptions architecture, int windowSamples, int channels, string field)
    {
        foreach (var (index, stream) in architecture.Streams.Index())
        {
            string place = FormattableString.Invariant($"{field}.streams[{index}]");
            Rules.RequireFit(stream.FirstChannel + (stream.Channels ?? 1) <= channels,
                place, $"takes channels beyond the {channels} there are");
            Rules.RequireFit(stream.Tokens(windowSamples, architecture.Attention.Causal) >= 1, $"{place}.convolutions", "leave no token");
        }

        Rules.RequireFit(architecture.Tokens(windowSamples) is >= 1 and <= 511, $"{field}.streams", "must leave 1 to 511 tokens");
        if (architecture.Score is { } score)
        {
            Rules.RequireFit(
                architecture.Tokens(windowSamples) * score.PatchSamples * architecture.Streams[0].Step == windowSamples,
                $"{field}.score.patchSamples", "must be the samples of the stream for each token");
        }
    }

    private static void Validate(AttentionOptions attention, string field)
    {
        bool isLinear = attention.Kind == AttentionKind.Linear;
        Rules.RequireFit(attention.Window == 0 || (attention.Causal && !isLinear), $"{field}.window", "is for causal softmax attention");
        Rules.RequireFit(attention.Decay == 0 || (attention.Causal && isLinear), $"{field}.decay", "is for causal linear attention");
    }

    private static void ValidateCausality(ArchitectureOptions architecture, string field)
    {
        bool causal = architecture.Attention.Causal;
        Rules.RequireFit(!causal || architecture.Streams.All(s => s.Convolutions.All(c => c.Kernel >= c.Stride)),
            $"{field}.streams", "must have kernels at least as long as their strides to be causal");
        Rules.RequireFit(!architecture.Streaming || causal, $"{field}.streaming", "needs causal attention");
        Rules.RequireFit(!architecture.Streaming || !architecture.Positions, $"{field}.streaming", "needs positions to be false");
        Rules.RequireFit(architecture.Score is not { Kind: ScoreKind.Forecast } || causal,
            $"{field}.score", "forecasts with causal attention only");
    }

    private static void ValidateOutputs(ArchitectureOptions architecture, string field)
    {
        Rules.RequireFit(architecture.Classes || architecture.Score is not null,
            $"{field}.classes", "must be true where there is no score");
        if (architecture.Score is not { } score)
        {
            return;
        }

        Rules.RequireFit(architecture.Streams.Count == 1, $"{field}.score", "is for networks of one stream");
        Rules.RequireFit(!architecture.Streaming, $"{field}.score", "does not stream");
    }
}
