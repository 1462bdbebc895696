namespace NanoFormer.Data.EdgeImpulse;

/// <summary>What is known of an acquisition file besides its values.</summary>
/// <param name="Label">Its class; empty when nobody labelled it.</param>
/// <param name="Subject">Who or what was recorded; empty when unknown.</param>
/// <param name="Split">Its part of a split; empty without.</param>
/// <param name="Source">The file or session it is a part of.</param>
/// <param name="Recording">The recording it is a part of.</param>
/// <param name="Start">Its first sample in that recording.</param>
internal sealed record AcquisitionLabel(string Label, string Subject, string Split, string Source, string Recording, int Start)
{
    /// <summary>Key of the subject in the metadata of <c>info.labels</c>; this and the following are ours.</summary>
    public const string SubjectKey = "subject";

    /// <summary>Key of the source.</summary>
    public const string SourceKey = "source";

    /// <summary>Key of the recording.</summary>
    public const string RecordingKey = "recording";

    /// <summary>Key of the first sample.</summary>
    public const string StartKey = "start_sample";
}
