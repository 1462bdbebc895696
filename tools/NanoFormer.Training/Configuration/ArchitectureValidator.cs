using NanoFormer.Model;

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
        Rules.Require(architecture.Streams.Count > 0, $"{field}.streams", "must not be empty");
        foreach (var (index, stream) in architecture.Streams.Index())
        {
            Validate(stream, FormattableString.Invariant($"{field}.streams[{index}]"));
        }
        Rules.RequireRange($"{field}.blocks", architecture.Blocks.Count, 1, 12);
        foreach (var (index, block) in architecture.Blocks.Index())
        {
            Validate(block, FormattableString.Invariant($"{field}.blocks[{index}]"));
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
            var place = FormattableString.Invariant($"{field}.streams[{index}]");
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

    private static void Validate(StreamOptions stream, string field)
    {
        Rules.RequireRange($"{field}.firstChannel", stream.FirstChannel, 0, 255);
        Rules.RequireRange($"{field}.channels", stream.Channels ?? 1, 1, 256);
        Rules.Require(stream.Gains.Count > 0 && stream.Gains.All(gain => gain is >= 1 and <= 1000),
            $"{field}.gains", "must be numbers from 1 to 1000");
        Rules.RequireRange($"{field}.step", stream.Step, 1, 255);
        Rules.Require(stream.Convolutions.Count > 0, $"{field}.convolutions", "must not be empty");
        foreach (var (index, conv) in stream.Convolutions.Index())
        {
            var place = FormattableString.Invariant($"{field}.convolutions[{index}]");
            Rules.RequireRange($"{place}.channels", conv.Channels, 1, 1024);
            Rules.RequireRange($"{place}.kernel", conv.Kernel, 1, 64);
            Rules.RequireRange($"{place}.stride", conv.Stride, 1, 64);
        }
    }

    private static void Validate(BlockOptions block, string field)
    {
        Rules.RequireRange($"{field}.heads", block.Heads, 1, 64);
        Rules.RequireRange($"{field}.headColumns", block.HeadColumns, 1, 256);
        Rules.RequireRange($"{field}.feedForward", block.FeedForward, 1, 4096);
    }

    private static void Validate(AttentionOptions attention, string field)
    {
        Rules.RequireRange($"{field}.window", attention.Window, 0, AttentionReach.Farthest + 1);
        Rules.RequireRange($"{field}.decay", attention.Decay, 0, 12);
        var isLinear = attention.Kind == AttentionKind.Linear;
        Rules.RequireFit(attention.Window == 0 || (attention.Causal && !isLinear), $"{field}.window", "is for causal softmax attention");
        Rules.RequireFit(attention.Decay == 0 || (attention.Causal && isLinear), $"{field}.decay", "is for causal linear attention");
    }

    private static void ValidateCausality(ArchitectureOptions architecture, string field)
    {
        var causal = architecture.Attention.Causal;
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
        Rules.RequireRange($"{field}.score.patchSamples", score.PatchSamples, 1, 64);
        Rules.RequireRange($"{field}.score.weight", score.Weight, 1e-6, 1e6);
        Rules.RequireRange($"{field}.score.gainPercentile", score.GainPercentile, 1, 100);
        Rules.RequireRange($"{field}.score.gainLevel", score.GainLevel, 1.0 / 256, 1);
        Rules.RequireRange($"{field}.score.alarmPercentile", score.AlarmPercentile, 50, 100);
        Rules.RequireRange($"{field}.score.alarmFactor", score.AlarmFactor, 0.1, 100);
        Rules.RequireFit(architecture.Streams.Count == 1, $"{field}.score", "is for networks of one stream");
        Rules.RequireFit(!architecture.Streaming, $"{field}.score", "does not stream");
    }
}
