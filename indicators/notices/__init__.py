"""What a person was told: the list in the application, the daily e-mail, what to be spared.

Goes in: notices, which `recording.notice` makes of acts and of days. Comes out: pages for their
recipient alone, and one collected e-mail a day at most (`manage.py send_reminders`, for cron).
Decided: an e-mail names units, figures and days, never a number: mail is no safe place for one.
"""
