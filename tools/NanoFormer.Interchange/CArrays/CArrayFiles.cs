namespace NanoFormer.Interchange.CArrays;

/// <summary>The files of an image as C.</summary>
/// <param name="HeaderName">File name of the header, such as <c>wearable_har.h</c>.</param>
/// <param name="Header">Its text.</param>
/// <param name="SourceName">File name of the source.</param>
/// <param name="Source">Its text.</param>
public sealed record CArrayFiles(string HeaderName, string Header, string SourceName, string Source);
