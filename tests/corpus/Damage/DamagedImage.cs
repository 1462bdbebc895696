using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>An image of which some fields were changed, under a right checksum, and what every reader must say of it.</summary>
/// <param name="Name">What was changed.</param>
/// <param name="Source">The image before.</param>
/// <param name="Bytes">The image now, of the same length.</param>
/// <param name="Expected">The error; null where the image is still a good one.</param>
internal sealed record DamagedImage(string Name, byte[] Source, byte[] Bytes, ModelImageError? Expected);
