using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>The network of an architecture, with BatchNorms while it learns in float and folded afterwards.</summary>
internal sealed class Encoder : nn.Module
{
    private const double PositionDeviation = 0.02;

    private readonly ModuleList<StreamFront> streams;
    private readonly Parameter? positions;
    private readonly ModuleList<EncoderBlock> blocks;
    private readonly AffineLayer? poolScores;
    private readonly LayerNormLayer? headNorm;
    private readonly AffineLayer? head;
    private readonly AffineLayer? reconstruction;
    private readonly Tensor? scoreGain;
    private readonly Encoder? scorer;

    private Encoder(ArchitectureOptions options, IEnumerable<StreamFront> streams, Parameter? positions, IEnumerable<EncoderBlock> blocks,
        AffineLayer? poolScores, LayerNormLayer? headNorm, AffineLayer? head, AffineLayer? reconstruction, Tensor? scoreGain,
        Encoder? scorer = null)
        : base(nameof(Encoder))
    {
        Options = options;
        this.streams = nn.ModuleList([.. streams]);
        this.positions = positions;
        this.blocks = nn.ModuleList([.. blocks]);
        this.poolScores = poolScores;
        this.headNorm = headNorm;
        this.head = head;
        this.reconstruction = reconstruction;
        this.scoreGain = scoreGain;
        this.scorer = scorer;
        RegisterComponents();
    }

    /// <summary>The architecture; after pruning, that of what was kept.</summary>
    public ArchitectureOptions Options { get; }

    public IReadOnlyList<EncoderBlock> Blocks => [.. blocks];

    /// <summary>What the differences of the score are multiplied by, so that they fill the int8 output.</summary>
    public double ScoreGain => scorer?.ScoreGain ?? scoreGain?.item<float>() ?? 1;

    /// <summary>The network of the score, where it has one of its own; else null.</summary>
    public Encoder? Scorer => scorer;

    /// <summary>This network without <see cref="Scorer"/>, of the same parameters.</summary>
    public Encoder Main => scorer is null
        ? this
        : new Encoder(Options.Main, streams, positions, blocks, poolScores, headNorm, head, reconstruction, scoreGain);

    public static Encoder Create(ArchitectureOptions options, int windowSamples, int channels, int classes)
    {
        if (options.Scorer is { } own)
        {
            return Create(options.Main, windowSamples, channels, classes).With(Create(own, windowSamples, channels, classes), options.Score!);
        }

        bool batch = options.Norm == NormKind.Batch;
        return new Encoder(
            options,
            options.Streams.Select(stream => StreamFront.Create(
                stream, channels, options.Activation, options.Attention.Causal)),
            options.Positions ? nn.Parameter(randn(options.Tokens(windowSamples), options.Width) * PositionDeviation) : null,
            options.Blocks.Select(sizes => EncoderBlock.Create(options, sizes)),
            options is { Classes: true, Pooling: PoolingKind.Attention } ? AffineLayer.Linear(options.Width, 1, normBefore: false) : null,
            options.Classes && !batch ? new LayerNormLayer(options.Width) : null,
            options.Classes ? AffineLayer.Linear(options.Width, classes, batch) : null,
            options.Score is { } score
                ? AffineLayer.Linear(options.Width, score.PatchSamples * StreamChannels(options, channels), batch)
                : null,
            options.Score is null ? null : ones(1));
    }

    /// <summary>The network as used for inference: every BatchNorm part of its neighbour. Parameters are its own.</summary>
    public Encoder Folded() => new(
        Options,
        streams.Select(stream => stream.Folded()),
        positions is null ? null : nn.Parameter(positions.detach().clone()),
        blocks.Select(block => block.Folded()),
        poolScores?.Folded(),
        headNorm?.Copy(),
        head?.Folded(),
        reconstruction?.Folded(),
        scoreGain?.clone(),
        scorer?.Folded());

    /// <summary>The network with other blocks, one for each of its own.</summary>
    public Encoder WithBlocks(IReadOnlyList<EncoderBlock> kept) => new(
        Options with { Blocks = [.. kept.Select(block => block.Sizes)] }, streams, positions, kept, poolScores, headNorm, head,
        reconstruction, scoreGain, scorer);

    /// <summary>This network of classes with one for the score beside it.</summary>
    public Encoder With(Encoder ofScore, ScoreOptions score) => new(
        Options with { Score = score }, streams, positions, blocks, poolScores, headNorm, head, reconstruction, scoreGain, ofScore);

    /// <summary>Parameters and norms by name.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Weights() => FloatState().ToDictionary(
        pair => pair.Key, pair => new WeightTensor([.. pair.Value.shape.Select(size => (int)size)], StraightThrough.Values(pair.Value)));

    /// <summary>Takes over parameters and norms.</summary>
    /// <exception cref="ConfigException"><see cref="ConfigError.Mismatch"/>: one is missing, has another shape or is not finite.</exception>
    /// <param name="weights">By name.</param>
    /// <param name="whatFits">Whether those that are missing or have another shape stay as they are, in place of the fault.</param>
    public void TakeWeights(IReadOnlyDictionary<string, WeightTensor> weights, bool whatFits = false)
    {
        using var inference = no_grad();
        foreach (var (name, own) in FloatState())
        {
            if (!weights.TryGetValue(name, out var given) || !given.Shape.Select(size => (long)size).SequenceEqual(own.shape))
            {
                if (whatFits)
                {
                    continue;
                }

                string found = given is null ? "are not there" : $"have the shape [{string.Join(", ", given.Shape)}]";
                throw new ConfigException(ConfigError.Mismatch,
                    $"The weights '{name}' {found}; the architecture asks for [{string.Join(", ", own.shape)}].");
            }

            if (!given.Values.All(float.IsFinite))
            {
                throw new ConfigException(ConfigError.Mismatch, $"The weights '{name}' hold a value that is not a finite number.");
            }

            own.copy_(tensor(given.Values, own.shape));
        }
    }

    /// <summary>Multiplies the score's differences from now on.</summary>
    public void RaiseScore(double gain)
    {
        if (scorer is not null)
        {
            scorer.RaiseScore(gain);
            return;
        }

        using var inference = no_grad();
        reconstruction!.Weight.mul_(gain);
        reconstruction.Bias.mul_(gain);
        scoreGain!.mul_(gain);
    }

    /// <param name="operators">Who carries the operators out.</param>
    /// <param name="everyToken">Whether each token is asked for a class, in place of the pooled tokens.</param>
    public EncoderResult<T> Run<T>(IOperators<T> operators, bool everyToken = false)
        where T : class
    {
        T[] inputs = [.. streams.Select(stream => operators.Input(stream.Options))];
        var tokens = Embed(operators, inputs);
        foreach (var (index, block) in blocks.Index())
        {
            tokens = block.Run(operators, tokens, Named(FormattableString.Invariant($"block{index}")));
        }

        return new EncoderResult<T>(
            head is null ? null : Classify(operators, everyToken ? tokens : Pool(operators, tokens), head),
            scorer is not null ? scorer.Run(operators).Score
                : reconstruction is null
                    ? null
                    : Score(operators, operators.Target(Options.Streams[0], inputs[0]), tokens, reconstruction, Options.Score!));
    }

    /// <summary>The name of an activation, so that those of a scorer differ from those of the classes' network.</summary>
    private string Named(string name) => Options.Classes ? name : "score." + name;

    private T Embed<T>(IOperators<T> operators, T[] inputs)
    {
        T? tokens = default;
        foreach (var (index, stream) in streams.Index())
        {
            var own = stream.Run(operators, inputs[index], Named(FormattableString.Invariant($"stream{index}")));
            tokens = index == 0 ? own : operators.JoinRows(tokens!, own, Named(FormattableString.Invariant($"joined{index}")));
        }

        return positions is null ? tokens! : operators.AddPositions(tokens!, positions, Named("embedded"));
    }

    private T Pool<T>(IOperators<T> operators, T tokens) => Options.Pooling switch
    {
        PoolingKind.Mean => operators.Mean(tokens, "pooled"),
        PoolingKind.Last => operators.Last(tokens),
        PoolingKind.Attention => operators.AttentionPool(tokens, poolScores!, "pooled"),
        _ => throw new InvalidOperationException($"{Options.Pooling} is no known pooling."),
    };

    private T Classify<T>(IOperators<T> operators, T pooled, AffineLayer layer) =>
        operators.Affine(headNorm is null ? pooled : operators.LayerNorm(pooled, headNorm, "headNorm"), layer, "logits");

    private T Score<T>(IOperators<T> operators, T input, T tokens, AffineLayer layer, ScoreOptions options)
    {
        var actual = operators.Patches(input, options.PatchSamples, ScoreGain, Named("patches"));
        return operators.Distance(operators.Affine(tokens, layer, Named("reconstruction")), actual, options);
    }

    private IEnumerable<KeyValuePair<string, Tensor>> FloatState() => state_dict().Where(pair => pair.Value.dtype == ScalarType.Float32);

    private static int StreamChannels(ArchitectureOptions options, int channels) =>
        options.Streams[0].ChannelsOf(channels) * options.Streams[0].Gains.Count;
}
