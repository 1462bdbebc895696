using System.ComponentModel.DataAnnotations;

namespace NanoFormer.Data;

/// <summary>One column of a recording or window.</summary>
/// <param name="Name">Short name, such as <c>acc_x</c>.</param>
/// <param name="Unit">Physical unit, such as <c>g</c> or <c>rad/s</c>.</param>
/// <param name="Scale">Physical units of one int16 step.</param>
public sealed record ChannelInfo(string Name, string Unit, [property: Range(1e-12, 1e12)] double Scale);
