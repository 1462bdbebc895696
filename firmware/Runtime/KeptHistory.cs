using System;

namespace NanoFormer.Runtime
{
    /// <summary>Keeps what a machine's scores have shown over reboots, where the board has somewhere to keep it.</summary>
    internal sealed class KeptHistory
    {
        private const string Word = "score_history";

        private readonly AlarmMonitor _monitor;
        private readonly IStateStore _store;
        private readonly InferenceLog _log;
        private readonly uint _modelCrc;
        private readonly int _windows;
        private readonly byte[] _bytes = new byte[ScoreHistory.Bytes];
        private int _observed;

        /// <summary>Takes up what was kept; what cannot be used is logged by what is wrong with it, and learning begins from nothing.</summary>
        internal KeptHistory(AlarmMonitor monitor, DeviceParts parts)
        {
            _monitor = monitor;
            _store = parts.Settings.Alarm.LearningWindows > 0 ? parts.Store : null;
            _log = parts.Log;
            _modelCrc = parts.Model.Crc32;
            _windows = parts.Settings.Alarm.WindowsBetweenWrites;
            string fault = _store == null ? null : Restore();
            if (fault != null)
            {
                _log.Error(Word, fault);
            }
        }

        private string Restore()
        {
            try
            {
                byte[] kept = _store.Read();
                return kept == null ? null : _monitor.Restore(kept, _modelCrc);
            }
            catch (Exception)
            {
                return "not_read";
            }
        }

        /// <summary>A window was observed.</summary>
        internal void Note()
        {
            _observed++;
        }

        /// <summary>Writes, if enough windows were observed since the last time.</summary>
        internal void Save()
        {
            if (_store == null || _observed < _windows)
            {
                return;
            }

            _observed = 0;
            _monitor.LearnPending();
            try
            {
                _monitor.History.Write(_bytes, _modelCrc);
                _store.Write(_bytes);
            }
            catch (Exception)
            {
                _log.Error(Word, "not_written");
            }
        }
    }
}
