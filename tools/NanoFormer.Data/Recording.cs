namespace NanoFormer.Data;

/// <summary>A continuous, evenly sampled recording of one subject.</summary>
public sealed class Recording
{
    /// <summary>The label of a sample nobody labelled.</summary>
    public const int Unlabelled = -1;

    /// <summary>Name that is unique in its data set.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The file or session it was cut from: pieces of one source follow each other in time, so a split keeps them together. Empty when the
    /// recording is whole.
    /// </summary>
    public string Source { get; init; } = "";

    /// <summary>The person or machine recorded; empty when unknown.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The part of an official split this recording belongs to (<c>train</c>, <c>test</c>); empty when there is none.</summary>
    public string Split { get; init; } = "";

    /// <summary>Samples per second.</summary>
    public required double RateHz { get; init; }

    /// <summary>The columns.</summary>
    public required IReadOnlyList<ChannelInfo> Channels { get; init; }

    /// <summary>int16 <c>[SampleCount][Channels.Count]</c>, row-major, in steps of each channel's scale.</summary>
    public required short[] Samples { get; init; }

    /// <summary>
    /// An index into <see cref="ClassNames"/> for every sample, <see cref="Unlabelled"/> where there is none; null without labels.
    /// </summary>
    public int[]? Labels { get; init; }

    /// <summary>The classes the labels point at.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Samples in time.</summary>
    public int SampleCount => Samples.Length / Channels.Count;

    /// <summary>What a split by recording keeps together: <see cref="Source"/> or, when that is empty, <see cref="Name"/>.</summary>
    public string SourceOrName => Source.Length > 0 ? Source : Name;

    /// <summary>The samples from <paramref name="begin"/> up to, not including, <paramref name="end"/>.</summary>
    public Recording Cut(int begin, int end) => With(
        samples: Samples[(begin * Channels.Count)..(end * Channels.Count)], labels: Labels?[begin..end]);

    /// <summary>This recording, of another subject.</summary>
    public Recording OfSubject(string subject) => With(subject: subject);

    /// <summary>This recording, with its classes called otherwise.</summary>
    /// <param name="classNames">A name for each of <see cref="ClassNames"/>, in their order.</param>
    public Recording OfClasses(IReadOnlyList<string> classNames) => With(classNames: classNames);

    /// <summary>This recording, with the labels taken off of all classes but those that are wanted.</summary>
    public Recording OnlyClasses(Func<string, bool> isWanted) => With(
        labels: Labels?.Select(label => label != Unlabelled && isWanted(ClassNames[label]) ? label : Unlabelled).ToArray());

    /// <summary>This recording with other samples, labels, channels, rate, split or subject; what is not given stays.</summary>
    internal Recording With(
        IReadOnlyList<ChannelInfo>? channels = null,
        double? rateHz = null,
        short[]? samples = null,
        int[]? labels = null,
        IReadOnlyList<string>? classNames = null,
        string? split = null,
        string? subject = null) => new()
        {
            Name = Name,
            Source = Source,
            Subject = subject ?? Subject,
            Split = split ?? Split,
            RateHz = rateHz ?? RateHz,
            Channels = channels ?? Channels,
            Samples = samples ?? Samples,
            Labels = labels ?? Labels,
            ClassNames = classNames ?? ClassNames,
        };
}
